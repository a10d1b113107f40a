package api

import (
	"context"
	"net/http"
)

// inboxUnread counts what the caller has not read yet.
func (f *face) inboxUnread() {
	register(f, operation{
		ID: "count-unread-notices", Method: http.MethodGet, Path: "/v1/account/notices/unread", Tag: tagAccount, Access: everyAccount(),
	}, func(ctx context.Context, _ *none) (*answer[noticeCount], error) {
		n, err := f.Inbox.Unread(ctx, principalOf(ctx).Account())
		return &answer[noticeCount]{Body: noticeCount{Count: n}}, err
	})
}
