package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

type orgListCmd struct{ part }

func (c orgListCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		all, err := a.Orgs.List(ctx, c.After, c.Limit)
		if err != nil {
			return err
		}
		v := views(all, viewOrg)
		return e.show(v, func(p *page) {
			p.table([]string{"id", "name", "certification", "created_at"}, views(v, func(o orgView) []string {
				return []string{o.ID, o.Name, e.word("certification_" + o.Certification), when(o.CreatedAt)}
			}))
		})
	})
}
