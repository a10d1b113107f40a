package main

import (
	"context"
	"os"
	"strings"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/store/sqlite"
)

// backupCmd writes a whole copy of the embedded database, beside a running
// server. PostgreSQL has tools of its own for this.
type backupCmd struct {
	File string `arg:"" type:"path" placeholder:"FILE"`
}

func (c backupCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		if !strings.HasPrefix(a.Config.DSN(), "sqlite:") {
			return fault.New(fault.Invalid, "backup_postgres")
		}
		if err := sqlite.Backup(ctx, a.DB, c.File); err != nil {
			return err
		}
		info, err := os.Stat(c.File)
		if err != nil {
			return err
		}
		return e.done(fileView{c.File, int(info.Size())}, "backed_up", "file", c.File, "keys", a.Config.KeysPath())
	})
}
