package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// factorList lists an account's factors.
func (f *face) factorList() {
	register(f, operation{
		ID: "list-factors", Method: http.MethodGet, Path: "/v1/accounts/{id}/factors", Tag: tagAccounts, Access: role(identity.Operator),
		Problems: map[int][]string{http.StatusNotFound: {"account_not_found"}},
	}, func(ctx context.Context, in *ByID) (*answer[factorsView], error) {
		all, err := f.Access.Factors(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return &answer[factorsView]{Body: shapeFactors(all)}, nil
	})
}
