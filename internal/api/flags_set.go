package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// flags are the marks of an account that is at risk. Both are given, so that
// nobody clears one by forgetting it.
type flags struct {
	Stolen bool `json:"stolen" doc:"The account was reported stolen."`
	Banned bool `json:"banned" doc:"The operator has banned the account."`
}

// flagsSet marks an account as stolen or banned, or clears the marks.
func (f *face) flagsSet() {
	register(f, operation{
		ID: "set-flags", Method: http.MethodPut, Path: "/v1/accounts/{id}/flags", Tag: tagAccounts, Access: role(identity.Operator),
		Problems: map[int][]string{http.StatusNotFound: {"account_not_found"}},
	}, func(ctx context.Context, in *struct {
		ByID
		Body flags
	}) (*none, error) {
		return nil, f.Access.SetFlags(ctx, asOperator(ctx), in.ID, in.Body.Stolen, in.Body.Banned)
	})
}
