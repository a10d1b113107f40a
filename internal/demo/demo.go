// Package demo makes an installation to try Signoff with. It is of a company
// whose CRM database and document folder are data holders of their own, with
// people whose accounts can be closed, people whose cannot yet, and colleagues
// whose data must stay. It also walks through two closures by itself, over the
// public API, and checks what it sees.
package demo

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/clock"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/store"
)

// DefaultDir is where a demo lives when nobody says otherwise.
const DefaultDir = "demo-data"

// Demo is a demo installation in a folder.
type Demo struct {
	Dir    string
	Config config.Config
	People []Person
	Fresh  bool // made just now
}

// Open gives the demo in dir, and makes it where there is none; listen, when it
// is not empty, is the address that it is to serve on. A folder with anything
// else in it is refused: demo_folder_taken, or demo_unfinished when the making
// was cut off.
func Open(ctx context.Context, dir, listen string, w app.World) (*Demo, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	d := &Demo{Dir: dir}
	if d.People, err = readPeople(dir); err == nil {
		d.Config, err = loadConfig(dir, listen)
		return d, err
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, app.Unusable(err)
	}
	if err := mustBeEmpty(dir); err != nil {
		return nil, err
	}
	d.Fresh = true
	if err := d.make(ctx, listen, w); err != nil {
		return nil, app.Unusable(err)
	}
	return d, nil
}

// ConfigFile gives the settings file of the demo in dir, or demo_missing.
func ConfigFile(dir string) (string, error) {
	path := filepath.Join(dir, configName)
	if _, err := os.Stat(path); err != nil {
		return "", fault.New(fault.NotFound, "demo_missing", "path", dir).Because(err)
	}
	return path, nil
}

func mustBeEmpty(dir string) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0:
		return nil
	case err != nil:
		return app.Unusable(err)
	}
	if _, err := ConfigFile(dir); err == nil {
		return fault.New(fault.Conflict, "demo_unfinished", "path", dir)
	}
	return fault.New(fault.Conflict, "demo_folder_taken", "path", dir)
}

// make fills the folder. The file with the people comes last: where it is, the
// demo is whole.
func (d *Demo) make(ctx context.Context, listen string, w app.World) error {
	if err := os.MkdirAll(d.Dir, 0o700); err != nil {
		return err
	}
	if err := writeConfig(d.Dir); err != nil {
		return err
	}
	var err error
	if d.Config, err = loadConfig(d.Dir, listen); err != nil {
		return err
	}
	if err := mark(ctx, d.Config, w); err != nil {
		return err
	}
	a, err := app.Open(ctx, d.Config, w)
	if err != nil {
		return err
	}
	err = d.fill(ctx, a, w)
	return errors.Join(err, a.Close())
}

func (d *Demo) fill(ctx context.Context, a *app.App, w app.World) error {
	var err error
	if err := addYears(ctx, a); err != nil {
		return err
	}
	if d.People, err = hire(ctx, a, w.Rand); err != nil {
		return err
	}
	if err := makeCRM(ctx, d.crmPath(), d.People); err != nil {
		return err
	}
	if err := makeDocuments(d.documentsPath(), d.People); err != nil {
		return err
	}
	for _, name := range a.Holders.Names() {
		if c, err := a.Checks.Check(ctx, name); err != nil {
			return err
		} else if c.Problem != nil {
			return c.Problem
		}
	}
	return writePeople(d.Dir, d.People)
}

// mark makes a database a demo's, but only an empty one: nobody's real accounts
// ever get a clock that can be moved.
func mark(ctx context.Context, c config.Config, w app.World) error {
	a, err := app.Open(ctx, c, w)
	if err != nil {
		return err
	}
	err = a.DB.Update(ctx, func(tx *store.Tx) error {
		accounts, err := tx.AccountIDs(ctx, 1)
		if err != nil {
			return err
		}
		organisations, err := tx.Organisations(ctx, "", 1)
		if err != nil {
			return err
		}
		if len(accounts)+len(organisations) > 0 {
			return fault.New(fault.Conflict, "demo_not_empty")
		}
		return clock.Mark(ctx, tx)
	})
	return errors.Join(err, a.Close())
}
