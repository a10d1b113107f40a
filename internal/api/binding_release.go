package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// bindingRelease ends anybody's link to an outside service.
func (f *face) bindingRelease() {
	register(f, operation{
		ID: "release-binding", Method: http.MethodDelete, Path: "/v1/accounts/{id}/bindings/{binding_id}", Tag: tagAccounts, Access: role(identity.Operator),
		Problems: map[int][]string{http.StatusNotFound: {"account_not_found", "binding_not_found"}},
	}, func(ctx context.Context, in *struct {
		ByID
		Binding string `path:"binding_id" maxLength:"64"`
	}) (*none, error) {
		return nil, f.Accounts.Release(ctx, asOperator(ctx), in.ID, in.Binding)
	})
}
