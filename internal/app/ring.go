package app

import (
	"context"
	"os"
	"path/filepath"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/keys"
	"github.com/signoff-id/signoff/internal/store"
)

// openRing loads the keys, or makes new ones in memory where there is no file.
func (a *App) openRing(w World) (fresh bool, err error) {
	a.Ring, err = keys.Load(a.Config.KeysPath())
	if !fault.Is(err, "keys_file_missing") {
		return false, err
	}
	if err := os.MkdirAll(filepath.Dir(a.Config.KeysPath()), 0o700); err != nil {
		return false, err
	}
	a.Ring, err = keys.Generate(w.Rand, w.Now())
	return true, err
}

// keepRing saves new keys, but only for a new database: what another ring
// sealed, these keys can never open. Where another process has just done so, the
// error is fs.ErrExist.
func (a *App) keepRing(ctx context.Context) error {
	var some []string
	err := a.DB.View(ctx, func(tx *store.Tx) (err error) {
		some, err = tx.AccountIDs(ctx, 1)
		return err
	})
	if err != nil {
		return err
	}
	if len(some) > 0 {
		return fault.New(fault.Invalid, "keys_file_missing", "path", a.Config.KeysPath())
	}
	return a.Ring.Create(a.Config.KeysPath())
}
