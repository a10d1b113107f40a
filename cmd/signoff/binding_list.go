package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
)

type bindingListCmd struct{ whom }

func (c bindingListCmd) Run(ctx context.Context, e *env) error {
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		all, _, err := a.Accounts.Hindrances(ctx, who.ID)
		if err != nil {
			return err
		}
		v := views(all, viewBinding)
		return e.show(v, func(p *page) {
			p.table([]string{"id", "service", "reference", "created_at"}, views(v, func(b bindingView) []string {
				return []string{b.ID, b.Service, b.Reference, when(b.CreatedAt)}
			}))
		})
	})
}
