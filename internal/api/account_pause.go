package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// accountPause lets anybody's account rest, by an operator's hand.
func (f *face) accountPause() {
	register(f, operation{
		ID: "pause-account", Method: http.MethodPut, Path: "/v1/accounts/{id}/pause", Tag: tagAccounts, Access: role(identity.Operator),
		Problems: map[int][]string{http.StatusNotFound: {"account_not_found"}, http.StatusUnprocessableEntity: {"validation_failed"},
			http.StatusConflict: {"account_paused", "account_ending", "closure_open", "last_admin"}},
	}, func(ctx context.Context, in *struct {
		ByID
		Body newPause
	}) (*answer[pauseView], error) {
		p, err := f.Access.Pause(ctx, asOperator(ctx), in.ID, in.Body.until())
		if err != nil {
			return nil, err
		}
		return shapePause(p), nil
	})
}
