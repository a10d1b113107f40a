package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// grantRevoke takes a role on the platform away.
func (f *face) grantRevoke() {
	register(f, operation{
		ID: "revoke-role", Method: http.MethodDelete, Path: "/v1/accounts/{id}/grants/{role}", Tag: tagAccounts, Access: role(identity.Operator),
		Problems: map[int][]string{http.StatusNotFound: {"account_not_found", "grant_not_found"}},
	}, func(ctx context.Context, in *roleOf) (*none, error) {
		return nil, f.Accounts.Revoke(ctx, asOperator(ctx), in.ID, in.Role)
	})
}
