package main

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/signal"
	"github.com/signoff-id/signoff/internal/store"
)

// noticeListCmd shows the trail of an account's notices: that they were sent,
// not what they said or where to.
type noticeListCmd struct{ whom }

type noticeView struct {
	ID        string     `json:"id"`
	Kind      string     `json:"kind"`
	State     string     `json:"state"`
	LastError string     `json:"last_error,omitempty"`
	CreatedAt time.Time  `json:"created_at"`
	EndedAt   *time.Time `json:"ended_at,omitempty"`
}

func viewNotice(n signal.Line) noticeView {
	return noticeView{n.ID, n.Kind, n.State, n.LastError, n.CreatedAt, perhaps(n.EndedAt)}
}

func (c noticeListCmd) Run(ctx context.Context, e *env) error {
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		var all []signal.Line
		err := a.DB.View(ctx, func(tx *store.Tx) (err error) {
			all, err = tx.Notices(ctx, who.ID)
			return err
		})
		if err != nil {
			return err
		}
		v := views(all, viewNotice)
		return e.show(v, func(p *page) {
			p.table([]string{"created_at", "notice", "state", "ended_at", "last_error"}, views(v, func(n noticeView) []string {
				return []string{when(n.CreatedAt), e.word(n.Kind), e.word(n.State), whenPerhaps(n.EndedAt), n.LastError}
			}))
		})
	})
}
