package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// accountList gives all accounts, the oldest first.
func (f *face) accountList() {
	register(f, operation{
		ID: "list-accounts", Method: http.MethodGet, Path: "/v1/accounts", Tag: tagAccounts, Access: role(identity.Operator),
		Problems: map[int][]string{http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct{ Page }) (*answer[list[accountView]], error) {
		after, err := in.after()
		if err != nil {
			return nil, err
		}
		all, err := f.Accounts.List(ctx, after, in.more())
		if err != nil {
			return nil, err
		}
		return pageOf(in.Page, all, func(a identity.Account) string { return a.ID }, shapeAccount), nil
	})
}
