package main

import (
	"context"

	"github.com/google/uuid"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/identity"
)

// whom names an account: by its id, or by a name that the person signs in with.
type whom struct {
	Account string `arg:""`
}

func (w whom) find(ctx context.Context, a *app.App) (identity.Account, error) {
	return findAccount(ctx, a, w.Account)
}

// open opens the installation and finds the account there.
func (w whom) open(ctx context.Context, e *env, do func(*app.App, identity.Account) error) error {
	return e.open(ctx, func(a *app.App) error {
		who, err := w.find(ctx, a)
		if err != nil {
			return err
		}
		return do(a, who)
	})
}

func findAccount(ctx context.Context, a *app.App, name string) (identity.Account, error) {
	if uuid.Validate(name) == nil {
		return a.Accounts.Get(ctx, name)
	}
	return a.Accounts.Find(ctx, name)
}

// part chooses one part of a long list.
type part struct {
	After string `placeholder:"ID"`
	Limit int    `default:"50"`
}

// actor is who acts through the command line.
func actor() audit.Actor { return app.Actor() }
