package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// identifierRemove takes a name away. It is a POST with a body because a name
// is personal and must not stand in an address.
func (f *face) identifierRemove() {
	register(f, operation{
		ID: "remove-identifier", Method: http.MethodPost, Path: "/v1/accounts/{id}/identifiers/remove", Tag: tagAccounts, Access: role(identity.Operator),
		Problems: map[int][]string{http.StatusNotFound: {"account_not_found", "identifier_not_found"}, http.StatusUnprocessableEntity: {"validation_failed"},
			http.StatusConflict: {"identifier_last", "account_ending"}},
	}, func(ctx context.Context, in *struct {
		ByID
		Body identifier
	}) (*none, error) {
		return nil, f.Accounts.RemoveIdentifier(ctx, asOperator(ctx), in.ID, identity.Identifier(in.Body))
	})
}
