package main

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
)

// memberTransfersCmd shows the hand-overs of roles that somebody has asked for
// or been asked.
type memberTransfersCmd struct{ whom }

type transferView struct {
	ID           string    `json:"id"`
	Organisation string    `json:"organisation_id"`
	Holder       string    `json:"holder_id"`
	Successor    string    `json:"successor_id"`
	What         []string  `json:"what"`
	State        string    `json:"state"`
	AskedAt      time.Time `json:"asked_at"`
	ExpiresAt    time.Time `json:"expires_at"`
}

func viewTransfer(t org.Transfer) transferView {
	what := append([]string{}, t.Offices...)
	if t.Role != "" {
		what = append([]string{t.Role}, what...)
	}
	return transferView{t.ID, t.Organisation, t.From, t.To, what, string(t.State), t.AskedAt, t.ExpiresAt}
}

func (c memberTransfersCmd) Run(ctx context.Context, e *env) error {
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		all, err := a.Orgs.Transfers(ctx, who.ID)
		if err != nil {
			return err
		}
		v := views(all, viewTransfer)
		return e.show(v, func(p *page) {
			p.table([]string{"holder_of_role", "successor", "roles_moved", "state", "asked_at"}, views(v, func(t transferView) []string {
				return []string{t.Holder, t.Successor, e.words(t.What), e.word(t.State), when(t.AskedAt)}
			}))
		})
	})
}
