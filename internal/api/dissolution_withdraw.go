package api

import (
	"context"
	"net/http"
)

// dissolutionWithdraw ends a dissolution while its notice is not over.
func (f *face) dissolutionWithdraw() {
	register(f, operation{
		ID: "withdraw-dissolution", Method: http.MethodPost, Path: "/v1/dissolutions/{id}/withdraw", Tag: tagDissolutions, Access: leaders(),
		Problems: map[int][]string{http.StatusForbidden: {"dissolution_rights_required"}, http.StatusNotFound: {"dissolution_not_found"},
			http.StatusConflict: {"dissolution_state"}},
	}, func(ctx context.Context, in *InDissolution) (*answer[dissolutionView], error) {
		by, err := f.asLeader(ctx)
		if err != nil {
			return nil, err
		}
		if _, err := f.Dissolutions.Withdraw(ctx, by, in.ID); err != nil {
			return nil, err
		}
		return f.dissolutionFor(ctx, by, in.ID)
	})
}
