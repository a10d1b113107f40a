package main

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/clock"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/demo"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/store"
)

// demoAdvanceCmd moves the clock of a demo ahead. Outside a demo nobody can.
type demoAdvanceCmd struct {
	By  string `arg:"" placeholder:"15d"`
	Dir string `type:"path" placeholder:"DIR"`
}

type clockView struct {
	Now time.Time `json:"now"`
}

func (c demoAdvanceCmd) Run(ctx context.Context, e *env) error {
	by, err := parseSpan(c.By)
	if err != nil {
		return badUsage(fault.New(fault.Invalid, "usage_duration", "duration", c.By))
	}
	settings, err := e.demoConfig(c.Dir)
	if err != nil {
		return err
	}
	return e.openAs(ctx, settings, func(a *app.App) error {
		err := a.DB.Update(ctx, func(tx *store.Tx) error { return clock.Advance(ctx, tx, by) })
		if err != nil {
			return err
		}
		now := a.Clock.Real()
		err = a.DB.View(ctx, func(tx *store.Tx) error {
			err := a.Clock.Follow(ctx, tx)
			now = a.Clock.Now()
			return err
		})
		if err != nil {
			return err
		}
		return e.done(clockView{now}, "clock_advanced", "now", now)
	})
}

// demoConfig gives the settings of the demo in dir; without a dir, those of
// --config and the other flags, which may name a demo or not.
func (e *env) demoConfig(dir string) (config.Config, error) {
	g := e.global
	if dir == "" && g.Config == "" && g.DataDir == "" && g.Database == "" {
		dir = demo.DefaultDir
	}
	if dir == "" {
		return e.config()
	}
	file, err := demo.ConfigFile(dir)
	if err != nil {
		return config.Config{}, err
	}
	return config.Load(config.Sources{File: file})
}
