package api

import (
	"context"
	"net/http"
)

// statusGet shows a closure to whoever has its private link: the person cannot
// sign in meanwhile.
func (f *face) statusGet() {
	register(f, operation{
		ID: "get-closure-status", Method: http.MethodGet, Path: "/v1/closure-status", Tag: tagStatus, Access: theLink(),
	}, func(ctx context.Context, _ *none) (*answer[closureStatus], error) {
		v, err := f.Closures.Status(ctx, principalOf(ctx).link)
		if err != nil {
			return nil, err
		}
		return &answer[closureStatus]{Body: shapeStatus(ctx, f.Now(), v)}, nil
	})
}
