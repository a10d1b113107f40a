package main

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/session"
)

// sessionOrdersCmd lists the sign-outs that wait for a second person.
type sessionOrdersCmd struct {
	Organisation string `placeholder:"ID"`
	part
}

type orderView struct {
	ID           string    `json:"id"`
	Scope        string    `json:"scope"`
	Organisation string    `json:"organisation_id,omitempty"`
	Target       string    `json:"target,omitempty"`
	Reason       string    `json:"reason"`
	OrderedBy    string    `json:"ordered_by"`
	OrderedAt    time.Time `json:"ordered_at"`
	ExpiresAt    time.Time `json:"expires_at"`
	State        string    `json:"state"`
	DecidedBy    string    `json:"decided_by,omitempty"`
}

func viewOrder(w session.Waiting) orderView {
	return orderView{ID: w.ID, Scope: string(w.Order.Scope), Organisation: w.Order.Organisation, Target: w.Order.Target, Reason: w.Order.Reason,
		OrderedBy: w.By.ID, OrderedAt: w.OrderedAt, ExpiresAt: w.ExpiresAt, State: w.State, DecidedBy: w.DecidedBy}
}

func (c sessionOrdersCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		all, err := a.Sessions.Orders(ctx, actor(), c.Organisation, c.After, c.Limit)
		if err != nil {
			return err
		}
		v := views(all, viewOrder)
		return e.show(v, func(p *page) {
			p.table([]string{"id", "scope", "target", "state", "by", "at", "expires_at"}, views(v, func(o orderView) []string {
				target := o.Target
				if target == "" {
					target = o.Organisation
				}
				return []string{o.ID, o.Scope, target, e.word("order_" + o.State), o.OrderedBy, when(o.OrderedAt), when(o.ExpiresAt)}
			}))
		})
	})
}
