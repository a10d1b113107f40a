package main

import (
	"context"
	"os"

	"github.com/signoff-id/signoff/internal/app"
)

// closureCertificateCmd writes the certificate's file, byte for byte as signed.
type closureCertificateCmd struct {
	whichClosure
	fileTo
}

func (c closureCertificateCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		file, err := a.Closures.CertificateFile(ctx, c.Closure, "")
		if err != nil {
			return err
		}
		return c.write(e, file)
	})
}

// fileTo says where a file goes: to standard output, or where it is told.
type fileTo struct {
	Out string `short:"o" type:"path" placeholder:"FILE"`
}

type fileView struct {
	File  string `json:"file"`
	Bytes int    `json:"bytes"`
}

func (c fileTo) write(e *env, file []byte) error {
	if c.Out == "" {
		_, err := e.out.Write(file)
		return err
	}
	if err := os.WriteFile(c.Out, file, 0o600); err != nil {
		return err
	}
	return e.done(fileView{c.Out, len(file)}, "written", "file", c.Out)
}
