package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
)

// accountFlagCmd sets or clears the marks; one that is not named stays as it is.
type accountFlagCmd struct {
	whom
	Stolen *bool `negatable:""`
	Banned *bool `negatable:""`
}

func (c accountFlagCmd) Run(ctx context.Context, e *env) error {
	if c.Stolen == nil && c.Banned == nil {
		return badUsage(fault.New(fault.Invalid, "usage_missing_flag", "flags", "--[no-]stolen, --[no-]banned"))
	}
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		if c.Stolen != nil {
			who.Stolen = *c.Stolen
		}
		if c.Banned != nil {
			who.Banned = *c.Banned
		}
		if err := a.Access.SetFlags(ctx, actor(), who.ID, who.Stolen, who.Banned); err != nil {
			return err
		}
		return e.done(viewAccount(who), "flags_set", "stolen", e.yes(who.Stolen), "banned", e.yes(who.Banned))
	})
}
