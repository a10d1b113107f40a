package api

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"os"

	"github.com/danielgtaylor/huma/v2"

	"github.com/signoff-id/signoff/internal/identity"
)

// accountExport gives everybody to another Signoff. The file is written before
// the answer begins: what goes wrong is said, and a slow reader holds no
// transaction.
func (f *face) accountExport() {
	register(f, operation{
		ID: "export-accounts", Method: http.MethodPost, Path: "/v1/accounts/export", Tag: tagAccounts, Access: role(identity.Operator).fresh(),
		Gives: linesType,
	}, func(ctx context.Context, in *struct {
		Passwords bool `query:"passwords" doc:"Include the hashes of passwords. Whoever has them can try to guess."`
	}) (*huma.StreamResponse, error) {
		file, err := os.CreateTemp("", "signoff-export-")
		if err != nil {
			return nil, err
		}
		// It has no name from here on, and goes with its last reader.
		fail := func(err error) (*huma.StreamResponse, error) { return nil, errors.Join(err, file.Close()) }
		if err := os.Remove(file.Name()); err != nil {
			return fail(err)
		}
		out := bufio.NewWriterSize(file, 64<<10)
		if _, err := f.Directory.Export(ctx, asOperator(ctx), out, in.Passwords); err != nil {
			return fail(err)
		}
		if err := out.Flush(); err != nil {
			return fail(err)
		}
		if _, err := file.Seek(0, io.SeekStart); err != nil {
			return fail(err)
		}
		return &huma.StreamResponse{Body: func(ctx huma.Context) {
			defer file.Close()
			ctx.SetHeader("Content-Type", linesType)
			ctx.SetHeader("Content-Disposition", `attachment; filename="signoff.jsonl"`)
			_, _ = io.Copy(ctx.BodyWriter(), file) // a file that broke off has no end, and is refused
		}}, nil
	})
}
