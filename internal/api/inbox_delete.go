package api

import (
	"context"
	"net/http"
)

// inboxDelete takes a notice out of the caller's inbox.
func (f *face) inboxDelete() {
	register(f, operation{
		ID: "delete-own-notice", Method: http.MethodDelete, Path: "/v1/account/notices/{id}", Tag: tagAccount, Access: everyAccount(),
		Problems: map[int][]string{http.StatusNotFound: {"notice_not_found"}},
	}, func(ctx context.Context, in *ByID) (*none, error) {
		return nil, f.Inbox.Delete(ctx, principalOf(ctx).Account(), in.ID)
	})
}
