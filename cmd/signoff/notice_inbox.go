package main

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/inbox"
)

// noticeInboxCmd shows an account's inbox as the account sees it.
type noticeInboxCmd struct {
	whom
	Unread bool
}

type inboxView struct {
	ID        string     `json:"id"`
	Kind      string     `json:"kind"`
	Title     string     `json:"title"`
	Text      string     `json:"text"`
	CreatedAt time.Time  `json:"created_at"`
	ReadAt    *time.Time `json:"read_at,omitempty"`
}

func (c noticeInboxCmd) Run(ctx context.Context, e *env) error {
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		all, err := a.Inbox.List(ctx, who.ID, inbox.Filter{Unread: c.Unread, Limit: 10_000})
		if err != nil {
			return err
		}
		v := views(all, func(i inbox.Item) inboxView {
			title, text := e.texts.InboxNotice(e.lang, i.Kind, i.Args)
			return inboxView{ID: i.ID, Kind: i.Kind, Title: title, Text: text, CreatedAt: i.CreatedAt, ReadAt: perhaps(i.ReadAt)}
		})
		return e.show(v, func(p *page) {
			p.table([]string{"id", "created_at", "read_at", "title"}, views(v, func(i inboxView) []string {
				return []string{i.ID, when(i.CreatedAt), whenPerhaps(i.ReadAt), i.Title}
			}))
		})
	})
}
