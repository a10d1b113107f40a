package api

import (
	"context"
	"net/http"
)

// ownFactorRename gives one of the caller's factors another name.
func (f *face) ownFactorRename() {
	register(f, operation{
		ID: "rename-own-factor", Method: http.MethodPut, Path: "/v1/account/factors/{id}", Tag: tagAccount, Access: everyAccount(),
		Problems: map[int][]string{http.StatusNotFound: {"factor_not_found"}, http.StatusConflict: {"account_ending"}},
	}, func(ctx context.Context, in *struct {
		ByID
		Body factorName
	}) (*none, error) {
		return nil, f.Access.RenameFactor(ctx, principalOf(ctx).Account(), in.ID, in.Body.Name)
	})
}
