package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// identifierVerify notes, by an operator's word, that a name is the account's own.
func (f *face) identifierVerify() {
	register(f, operation{
		ID: "verify-identifier", Method: http.MethodPost, Path: "/v1/accounts/{id}/identifiers/verify", Tag: tagAccounts, Access: role(identity.Operator),
		Problems: map[int][]string{http.StatusNotFound: {"account_not_found", "identifier_not_found"}, http.StatusConflict: {"account_ending"}},
	}, func(ctx context.Context, in *struct {
		ByID
		Body identifier
	}) (*none, error) {
		return nil, f.Accounts.VouchIdentifier(ctx, asOperator(ctx), in.ID, identity.Identifier(in.Body))
	})
}
