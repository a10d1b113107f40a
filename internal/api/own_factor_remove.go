package api

import (
	"context"
	"net/http"
)

// ownFactorRemove takes one of the caller's factors away.
func (f *face) ownFactorRemove() {
	register(f, operation{
		ID: "remove-own-factor", Method: http.MethodDelete, Path: "/v1/account/factors/{id}", Tag: tagAccount, Access: everyAccount().fresh(),
		Problems: map[int][]string{http.StatusNotFound: {"factor_not_found"}, http.StatusConflict: {"account_ending"}},
	}, func(ctx context.Context, in *ByID) (*none, error) {
		on := principalOf(ctx).Session
		return nil, f.Access.RemoveFactor(ctx, asMember(ctx), on.Account, in.ID, on.ID)
	})
}
