package main

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/work"
)

// sessionWorkCmd lists what apps have in hand for a person, without its texts:
// those are the person's own.
type sessionWorkCmd struct{ whom }

type workView struct {
	ID        string     `json:"id"`
	Session   string     `json:"session_id"`
	App       string     `json:"app"`
	Kind      string     `json:"kind"`
	Since     time.Time  `json:"since"`
	ExpiresAt time.Time  `json:"expires_at"`
	EndsAt    *time.Time `json:"ends_at,omitempty"`
}

func (c sessionWorkCmd) Run(ctx context.Context, e *env) error {
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		all, err := a.Sessions.InHand(ctx, work.Whose{Account: who.ID})
		if err != nil {
			return err
		}
		v := views(all, func(l work.Lease) workView {
			return workView{l.ID, l.Session, l.App, l.Item.Kind, l.Item.Since, l.ExpiresAt, perhaps(l.EndsAt)}
		})
		return e.show(v, func(p *page) {
			p.table([]string{"session", "app", "kind", "since", "expires_at"}, views(v, func(w workView) []string {
				return []string{w.Session, w.App, e.word(w.Kind), when(w.Since), when(w.ExpiresAt)}
			}))
		})
	})
}
