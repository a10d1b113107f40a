package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// factorRemove takes a factor away that its person has lost.
func (f *face) factorRemove() {
	register(f, operation{
		ID: "remove-factor", Method: http.MethodDelete, Path: "/v1/accounts/{id}/factors/{factor}", Tag: tagAccounts, Access: role(identity.Operator),
		Problems: map[int][]string{http.StatusNotFound: {"account_not_found", "factor_not_found"}, http.StatusConflict: {"account_ending"}},
	}, func(ctx context.Context, in *struct {
		ByID
		Factor string `path:"factor" maxLength:"64"`
	}) (*none, error) {
		return nil, f.Access.RemoveFactor(ctx, asOperator(ctx), in.ID, in.Factor, "")
	})
}
