package main

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/session"
)

type sessionListCmd struct{ whom }

type sessionView struct {
	ID        string     `json:"id"`
	Account   string     `json:"account_id"`
	Device    deviceView `json:"device"`
	App       string     `json:"app,omitempty"`
	Place     string     `json:"place,omitempty"`
	CreatedAt time.Time  `json:"created_at"`
	ActiveAt  time.Time  `json:"active_at"`
	ExpiresAt time.Time  `json:"expires_at"`
}

type deviceView struct {
	ID     string `json:"id"`
	Kind   string `json:"kind"`
	Name   string `json:"name,omitempty"`
	System string `json:"system,omitempty"`
	Client string `json:"client,omitempty"`
}

func viewSession(lang string) func(session.Session) sessionView {
	return func(s session.Session) sessionView {
		d := deviceView{ID: s.Device.ID, Kind: s.Device.Kind, Name: s.Device.Name, System: s.Device.System, Client: s.Device.Client}
		return sessionView{ID: s.ID, Account: s.Account, Device: d, App: s.App, Place: s.Place.In(lang),
			CreatedAt: s.CreatedAt, ActiveAt: s.ActiveAt, ExpiresAt: s.ExpiresAt}
	}
}

func (c sessionListCmd) Run(ctx context.Context, e *env) error {
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		all, err := a.Sessions.List(ctx, who.ID)
		if err != nil {
			return err
		}
		v := views(all, viewSession(e.lang))
		return e.show(v, func(p *page) {
			p.table([]string{"id", "device", "app", "place", "created_at", "active_at", "expires_at"}, views(v, func(s sessionView) []string {
				device := e.word(s.Device.Kind)
				for _, part := range []string{s.Device.Name, s.Device.System, s.Device.Client} {
					if part != "" {
						device += " · " + part
					}
				}
				return []string{s.ID, device, s.App, s.Place, when(s.CreatedAt), when(s.ActiveAt), when(s.ExpiresAt)}
			}))
		})
	})
}
