package main

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/delivery"
	"github.com/signoff-id/signoff/internal/identity"
)

// began is when the clock of every installation here begins: a Monday with known
// working days around it, so that a run does not depend on the day it is made.
var began = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)

// cheap is the price of a password hash where hashing is not what is measured.
var cheap = identity.Cost{Memory: 64, Passes: 1}

// place is an installation to measure in: the real rooms on a real database, and
// the floor's own connections to it.
type place struct {
	*pools
	app    *app.App
	engine *engine
	next   int64 // the next number of a row that is made in bulk
}

// openPlace makes an installation on an empty database. What it logs is
// formatted as in real use, and dropped.
func openPlace(ctx context.Context, e *engine, dir, name string, holders []config.Holder) (*place, error) {
	dsn, err := e.fresh(ctx, name)
	if err != nil {
		return nil, err
	}
	c := config.Default()
	c.DataDir = filepath.Join(dir, e.name+"-"+name)
	c.PublicURL, c.Issuer = "http://127.0.0.1", "signoff.bench"
	c.Listen, c.MetricsListen = "127.0.0.1:0", ""
	c.Database.DSN = config.Secret(dsn)
	c.Holders, c.OfferedPolicies = holders, "*"
	start := time.Now()
	w := app.World{Now: func() time.Time { return began.Add(time.Since(start)) }, Rand: rand.Reader, Cost: cheap,
		Log:  slog.New(slog.NewTextHandler(io.Discard, nil)),
		Send: func(context.Context, delivery.Notice) error { return nil }}
	p := &place{engine: e}
	if p.app, err = app.Open(ctx, c, w); err != nil {
		return nil, err
	}
	if p.pools, err = e.open(dsn); err != nil {
		return nil, errors.Join(err, p.app.Close())
	}
	return p, nil
}

func (p *place) close() error { return errors.Join(p.pools.close(), p.app.Close()) }
