package api

import (
	"context"
	"net/http"
)

// ownAccount gives the caller's own profile.
func (f *face) ownAccount() {
	register(f, operation{
		ID: "get-own-account", Method: http.MethodGet, Path: "/v1/account", Tag: tagAccount, Access: everyAccount(),
	}, func(ctx context.Context, _ *none) (*answer[profile], error) {
		return f.profileOf(ctx, principalOf(ctx).Account())
	})
}
