package api

import (
	"context"
	"net/http"
)

// statusWithdraw takes a closure back by its private link.
func (f *face) statusWithdraw() {
	register(f, operation{
		ID: "withdraw-by-link", Method: http.MethodPost, Path: "/v1/closure-status/withdraw", Tag: tagStatus, Access: theLink(),
		Problems: map[int][]string{http.StatusConflict: {"closure_state", "closure_changed"}},
	}, func(ctx context.Context, _ *none) (*answer[closureStatus], error) {
		link := principalOf(ctx).link
		if _, err := f.Closures.WithdrawByLink(ctx, link); err != nil {
			return nil, err
		}
		v, err := f.Closures.Status(ctx, link)
		if err != nil {
			return nil, err
		}
		return &answer[closureStatus]{Body: shapeStatus(ctx, f.Now(), v)}, nil
	})
}
