package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// accountGet gives anybody's profile to an operator.
func (f *face) accountGet() {
	register(f, operation{
		ID: "get-account", Method: http.MethodGet, Path: "/v1/accounts/{id}", Tag: tagAccounts, Access: role(identity.Operator),
		Problems: map[int][]string{http.StatusNotFound: {"account_not_found"}},
	}, func(ctx context.Context, in *ByID) (*answer[profile], error) {
		return f.profileOf(ctx, in.ID)
	})
}
