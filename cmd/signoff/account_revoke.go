package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
)

type accountRevokeCmd struct {
	whom
	Role string `arg:"" enum:"${platform_roles}"`
}

func (c accountRevokeCmd) Run(ctx context.Context, e *env) error {
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		if err := a.Accounts.Revoke(ctx, actor(), who.ID, c.Role); err != nil {
			return err
		}
		return e.done(roleView{who.ID, c.Role}, "revoked", "role", e.word(c.Role))
	})
}
