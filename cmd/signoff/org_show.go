package main

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/app"
)

// whichOrg names an organisation by its id.
type whichOrg struct {
	Organisation string `arg:""`
}

type orgShowCmd struct{ whichOrg }

func (c orgShowCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		o, err := a.Orgs.Get(ctx, c.Organisation)
		if err != nil {
			return err
		}
		v := viewOrg(o)
		return e.show(v, func(p *page) {
			p.pairs(pair{"id", v.ID}, pair{"name", v.Name}, pair{"certification", e.word("certification_" + v.Certification)},
				pair{"created_at", when(v.CreatedAt)}, pair{"sessions_not_before", whenPerhaps(v.SessionsNotBefore)})
		})
	})
}

func whenPerhaps(t *time.Time) string {
	if t == nil {
		return ""
	}
	return when(*t)
}
