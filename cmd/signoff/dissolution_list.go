package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/dissolution"
)

type dissolutionListCmd struct {
	State string `enum:",${dissolution_states}" default:""`
	Limit int    `default:"50"`
}

func (c dissolutionListCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		all, err := a.Dissolutions.List(ctx, dissolution.Filter{State: dissolution.State(c.State), Limit: c.Limit})
		if err != nil {
			return err
		}
		v := views(all, func(x dissolution.View) dissolutionView { return viewDissolution(x.Dissolution) })
		return e.show(v, func(p *page) {
			p.table([]string{"id", "organisation", "kind", "state", "ends_at"}, views(v, func(d dissolutionView) []string {
				return []string{d.ID, d.Organisation, e.word(d.Kind), e.word(d.State), whenPerhaps(d.EndsAt)}
			}))
		})
	})
}
