package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// accountResume ends anybody's pause, by an operator's hand.
func (f *face) accountResume() {
	register(f, operation{
		ID: "resume-account", Method: http.MethodDelete, Path: "/v1/accounts/{id}/pause", Tag: tagAccounts, Access: role(identity.Operator),
		Problems: map[int][]string{http.StatusNotFound: {"account_not_found"}, http.StatusConflict: {"account_not_paused"}},
	}, func(ctx context.Context, in *ByID) (*none, error) {
		return nil, f.Access.Resume(ctx, asOperator(ctx), in.ID)
	})
}
