package main

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/session"
)

type sessionListCmd struct{ whom }

type sessionView struct {
	ID        string     `json:"id"`
	Account   string     `json:"account_id"`
	Device    deviceView `json:"device"`
	App       string     `json:"app,omitempty"`
	CreatedAt time.Time  `json:"created_at"`
	ExpiresAt time.Time  `json:"expires_at"`
}

type deviceView struct {
	Kind string `json:"kind"`
	Name string `json:"name,omitempty"`
}

func viewSession(s session.Session) sessionView {
	return sessionView{ID: s.ID, Account: s.Account, Device: deviceView(s.Device), App: s.App, CreatedAt: s.CreatedAt, ExpiresAt: s.ExpiresAt}
}

func (c sessionListCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		who, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		all, err := a.Sessions.List(ctx, who.ID)
		if err != nil {
			return err
		}
		v := views(all, viewSession)
		return e.show(v, func(p *page) {
			p.table([]string{"id", "device", "app", "created_at", "expires_at"}, views(v, func(s sessionView) []string {
				device := e.word(s.Device.Kind)
				if s.Device.Name != "" {
					device += " · " + s.Device.Name
				}
				return []string{s.ID, device, s.App, when(s.CreatedAt), when(s.ExpiresAt)}
			}))
		})
	})
}
