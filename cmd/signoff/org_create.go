package main

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/org"
)

type orgCreateCmd struct {
	Name string `arg:""`
}

type orgView struct {
	ID                string     `json:"id"`
	Name              string     `json:"name"`
	Certification     string     `json:"certification"`
	CreatedAt         time.Time  `json:"created_at"`
	SessionsNotBefore *time.Time `json:"sessions_not_before,omitempty"`
}

func viewOrg(o org.Organisation) orgView {
	v := orgView{ID: o.ID, Name: o.Name, Certification: o.Certification, CreatedAt: o.CreatedAt}
	if o.SessionsNotBefore.UnixMicro() > 0 {
		v.SessionsNotBefore = &o.SessionsNotBefore
	}
	return v
}

func (c orgCreateCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		o, err := a.Orgs.Create(ctx, actor(), c.Name)
		if err != nil {
			return err
		}
		return e.done(viewOrg(o), "org_created", "id", o.ID)
	})
}
