package main

import (
	"context"
	"crypto/rand"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/store"
)

// keysRotateCmd makes a new signing key. The older ones stay, because what they
// signed must still be verified.
type keysRotateCmd struct{}

func (keysRotateCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		now := a.Accounts.Now()
		if err := a.Ring.Rotate(rand.Reader, now); err != nil {
			return err
		}
		err := a.DB.Update(ctx, func(tx *store.Tx) error {
			return tx.AppendAudit(ctx, audit.Entry{ID: a.Accounts.NewID(), At: now, Actor: actor(), Action: "keys.rotated",
				Data: map[string]string{"key": a.Ring.Active()}})
		})
		if err != nil {
			return err
		}
		path := a.Config.KeysPath()
		if err := a.Ring.Save(path); err != nil {
			return err
		}
		v, err := viewKeys(a.Ring.JWKS(), path)
		if err != nil {
			return err
		}
		return e.done(v, "rotated", "key", v.Active)
	})
}
