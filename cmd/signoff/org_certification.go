package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

type orgCertificationCmd struct {
	whichOrg
	State string `arg:"" enum:"${certifications}"`
}

func (c orgCertificationCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		if err := a.Orgs.SetCertification(ctx, actor(), c.Organisation, c.State); err != nil {
			return err
		}
		o, err := a.Orgs.Get(ctx, c.Organisation)
		if err != nil {
			return err
		}
		return e.done(viewOrg(o), "certification_set", "state", e.word("certification_"+o.Certification))
	})
}
