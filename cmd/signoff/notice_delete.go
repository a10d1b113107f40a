package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
)

type noticeDeleteCmd struct {
	whom
	Notice string `arg:""`
}

func (c noticeDeleteCmd) Run(ctx context.Context, e *env) error {
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		if err := a.Inbox.Delete(ctx, who.ID, c.Notice); err != nil {
			return err
		}
		return e.done(idView{c.Notice}, "notice_deleted", "id", c.Notice)
	})
}
