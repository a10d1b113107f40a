package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// identifierAdd gives an account one more name to sign in with.
func (f *face) identifierAdd() {
	register(f, operation{
		ID: "add-identifier", Method: http.MethodPost, Path: "/v1/accounts/{id}/identifiers", Tag: tagAccounts, Access: role(identity.Operator),
		Status: http.StatusCreated, Creates: true,
		Problems: map[int][]string{http.StatusNotFound: {"account_not_found"}, http.StatusUnprocessableEntity: {"validation_failed"},
			http.StatusConflict: {"identifier_taken", "identifier_reserved", "account_ending"}},
	}, func(ctx context.Context, in *struct {
		ByID
		Body identifier
	}) (*answer[identifier], error) {
		added, err := f.Accounts.AddIdentifier(ctx, asOperator(ctx), in.ID, identity.Identifier(in.Body))
		if err != nil {
			return nil, err
		}
		return &answer[identifier]{Body: identifier(added)}, nil
	})
}
