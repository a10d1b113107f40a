package api

import (
	"context"
	"net/http"
)

// inboxReadAll marks all of the caller's notices as read.
func (f *face) inboxReadAll() {
	register(f, operation{
		ID: "read-own-notices", Method: http.MethodPost, Path: "/v1/account/notices/read", Tag: tagAccount, Access: everyAccount(),
	}, func(ctx context.Context, _ *none) (*answer[noticeCount], error) {
		n, err := f.Inbox.ReadAll(ctx, principalOf(ctx).Account())
		return &answer[noticeCount]{Body: noticeCount{Count: n}}, err
	})
}
