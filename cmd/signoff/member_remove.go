package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

type memberRemoveCmd struct {
	whichOrg
	whom
}

func (c memberRemoveCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		who, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		if err := a.Access.RemoveMember(ctx, actor(), c.Organisation, who.ID, ""); err != nil {
			return err
		}
		return e.done(idView{who.ID}, "member_removed", "id", who.ID)
	})
}
