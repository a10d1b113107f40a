package api

import (
	"context"
	"net/http"
)

// ownBindingRelease ends the link to an outside service.
func (f *face) ownBindingRelease() {
	register(f, operation{
		ID: "release-own-binding", Method: http.MethodDelete, Path: "/v1/account/bindings/{id}", Tag: tagAccount, Access: everyAccount(),
		Problems: map[int][]string{http.StatusNotFound: {"binding_not_found"}},
	}, func(ctx context.Context, in *ByID) (*none, error) {
		return nil, f.Accounts.Release(ctx, asMember(ctx), principalOf(ctx).Account(), in.ID)
	})
}
