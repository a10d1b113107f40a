package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// arrearSettle records that an arrear was paid.
func (f *face) arrearSettle() {
	register(f, operation{
		ID: "settle-arrear", Method: http.MethodPost, Path: "/v1/accounts/{id}/arrears/{arrear_id}/settle", Tag: tagAccounts, Access: role(identity.Operator),
		Problems: map[int][]string{http.StatusNotFound: {"account_not_found", "arrear_not_found"}},
	}, func(ctx context.Context, in *struct {
		ByID
		Arrear string `path:"arrear_id" maxLength:"64"`
	}) (*none, error) {
		return nil, f.Accounts.SettleArrear(ctx, asOperator(ctx), in.ID, in.Arrear)
	})
}
