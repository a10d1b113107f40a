package api

import (
	"context"
	"net/http"
)

// inboxRead marks one of the caller's notices as read.
func (f *face) inboxRead() {
	register(f, operation{
		ID: "read-own-notice", Method: http.MethodPost, Path: "/v1/account/notices/{id}/read", Tag: tagAccount, Access: everyAccount(),
		Problems: map[int][]string{http.StatusNotFound: {"notice_not_found"}},
	}, func(ctx context.Context, in *ByID) (*none, error) {
		return nil, f.Inbox.Read(ctx, principalOf(ctx).Account(), in.ID)
	})
}
