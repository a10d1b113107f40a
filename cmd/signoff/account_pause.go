package main

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
)

// accountPauseCmd lets an account rest, for a time or until it is resumed.
type accountPauseCmd struct {
	whom
	For string `placeholder:"DURATION"`
}

type pauseView struct {
	ID       string     `json:"id"`
	PausedAt time.Time  `json:"paused_at"`
	Until    *time.Time `json:"until,omitempty"`
}

func (c accountPauseCmd) Run(ctx context.Context, e *env) error {
	var span time.Duration
	if c.For != "" {
		var err error
		if span, err = parseSpan(c.For); err != nil || span <= 0 {
			return badUsage(fault.New(fault.Invalid, "usage_duration", "duration", c.For))
		}
	}
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		var until time.Time
		if span > 0 {
			until = a.Access.Now().Add(span)
		}
		p, err := a.Access.Pause(ctx, actor(), who.ID, until)
		if err != nil {
			return err
		}
		v := pauseView{who.ID, p.At, perhaps(p.Until)}
		if v.Until == nil {
			return e.done(v, "account_paused")
		}
		return e.done(v, "account_paused_until", "until", when(p.Until))
	})
}
