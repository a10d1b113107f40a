package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// newPassword is a password for an account.
type newPassword struct {
	Password string `json:"password" doc:"At least as long as the setting password.min_length says, and none that everybody tries."`
}

// passwordSet gives an account a password.
func (f *face) passwordSet() {
	register(f, operation{
		ID: "set-password", Method: http.MethodPut, Path: "/v1/accounts/{id}/password", Tag: tagAccounts, Access: role(identity.Operator),
		Problems: map[int][]string{http.StatusNotFound: {"account_not_found"}, http.StatusUnprocessableEntity: {"validation_failed"},
			http.StatusConflict: {"account_ending"}},
	}, func(ctx context.Context, in *struct {
		ByID
		Body newPassword
	}) (*none, error) {
		return nil, f.Access.SetPassword(ctx, asOperator(ctx), in.ID, in.Body.Password)
	})
}
