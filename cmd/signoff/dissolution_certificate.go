package main

import (
	"context"
	"os"

	"github.com/signoff-id/signoff/internal/app"
)

// dissolutionCertificateCmd writes the certificate's file, byte for byte as signed.
type dissolutionCertificateCmd struct {
	whichDissolution
	Out string `short:"o" type:"path" placeholder:"FILE"`
}

func (c dissolutionCertificateCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		file, err := a.Dissolutions.CertificateFile(ctx, actor(), c.Dissolution)
		if err != nil {
			return err
		}
		if c.Out == "" {
			_, err := e.out.Write(file)
			return err
		}
		if err := os.WriteFile(c.Out, file, 0o600); err != nil {
			return err
		}
		return e.done(fileView{c.Out, len(file)}, "written", "file", c.Out)
	})
}
