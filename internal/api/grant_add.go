package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// roleOf names a role of one account.
type roleOf struct {
	ByID
	Role string `path:"role" enum:"operator,reviewer,auditor"`
}

// grantAdd gives an account a role on the platform.
func (f *face) grantAdd() {
	register(f, operation{
		ID: "grant-role", Method: http.MethodPut, Path: "/v1/accounts/{id}/grants/{role}", Tag: tagAccounts, Access: role(identity.Operator),
		Problems: map[int][]string{http.StatusNotFound: {"account_not_found"}, http.StatusConflict: {"account_ending"}},
	}, func(ctx context.Context, in *roleOf) (*none, error) {
		return nil, f.Accounts.Grant(ctx, asOperator(ctx), in.ID, in.Role)
	})
}
