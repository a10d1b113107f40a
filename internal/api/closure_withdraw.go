package api

import (
	"context"
	"net/http"
)

// closureWithdraw takes the own closure back, before its erasure begins.
func (f *face) closureWithdraw() {
	register(f, operation{
		ID: "withdraw-closure", Method: http.MethodPost, Path: "/v1/closures/{id}/withdraw", Tag: tagClosures, Access: everyAccount(),
		Problems: map[int][]string{http.StatusNotFound: {"closure_not_found"}, http.StatusConflict: {"closure_state", "closure_changed"}},
	}, func(ctx context.Context, in *ByID) (*answer[closureView], error) {
		who := principalOf(ctx).Account()
		if _, err := f.Closures.Withdraw(ctx, who, in.ID); err != nil {
			return nil, err
		}
		v, err := f.Closures.Get(ctx, in.ID, who)
		if err != nil {
			return nil, err
		}
		return &answer[closureView]{Body: shapeClosure(ctx, f.Now(), false)(v)}, nil
	})
}
