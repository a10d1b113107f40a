package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

// dissolutionCertificateCmd writes the certificate's file, byte for byte as signed.
type dissolutionCertificateCmd struct {
	whichDissolution
	fileTo
}

func (c dissolutionCertificateCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		file, err := a.Dissolutions.CertificateFile(ctx, actor(), c.Dissolution)
		if err != nil {
			return err
		}
		return c.write(e, file)
	})
}
