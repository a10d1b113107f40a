package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/inbox"
)

// inboxList gives the caller's notices, the newest first.
func (f *face) inboxList() {
	register(f, operation{
		ID: "list-own-notices", Method: http.MethodGet, Path: "/v1/account/notices", Tag: tagAccount, Access: everyAccount(),
		Problems: map[int][]string{http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct {
		Page
		Unread bool `query:"unread" doc:"Only those that are not read yet."`
	}) (*answer[list[inboxNotice]], error) {
		before, err := in.after()
		if err != nil {
			return nil, err
		}
		all, err := f.Inbox.List(ctx, principalOf(ctx).Account(), inbox.Filter{Unread: in.Unread, Before: before, Limit: in.more()})
		if err != nil {
			return nil, err
		}
		return pageOf(in.Page, all, func(i inbox.Item) string { return i.ID }, f.shapeInbox(ctx)), nil
	})
}
