package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
)

type memberRemoveCmd struct {
	whichOrg
	whom
}

func (c memberRemoveCmd) Run(ctx context.Context, e *env) error {
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		if err := a.Access.RemoveMember(ctx, actor(), c.Organisation, who.ID, ""); err != nil {
			return err
		}
		return e.done(idView{who.ID}, "member_removed", "id", who.ID)
	})
}
