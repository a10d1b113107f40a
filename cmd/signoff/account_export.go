package main

import (
	"bufio"
	"context"
	"errors"
	"os"

	"github.com/signoff-id/signoff/internal/addressbook"
	"github.com/signoff-id/signoff/internal/app"
)

// accountExportCmd writes everybody for another Signoff.
type accountExportCmd struct {
	File      string `arg:"" placeholder:"FILE"`
	Passwords bool
}

func (c accountExportCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		f, err := os.OpenFile(c.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return unreadable(c.File, err)
		}
		out := bufio.NewWriterSize(f, 1<<16)
		var end addressbook.End
		end, err = a.Directory.Export(ctx, actor(), out, c.Passwords)
		if err = errors.Join(err, out.Flush(), f.Close()); err != nil {
			return errors.Join(err, os.Remove(c.File)) // half a file is none
		}
		return e.done(map[string]any{"file": c.File, "accounts": end.Accounts, "organisations": end.Organisations,
			"departments": end.Departments}, "exported", "count", end.Accounts, "file", c.File)
	})
}
