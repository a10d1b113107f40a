package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

type noticeDeleteCmd struct {
	whom
	Notice string `arg:""`
}

func (c noticeDeleteCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		who, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		if err := a.Inbox.Delete(ctx, who.ID, c.Notice); err != nil {
			return err
		}
		return e.done(idView{c.Notice}, "notice_deleted", "id", c.Notice)
	})
}
