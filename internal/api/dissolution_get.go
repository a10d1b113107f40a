package api

import (
	"context"
	"net/http"
)

// dissolutionGet gives one dissolution with everything about it.
func (f *face) dissolutionGet() {
	register(f, operation{
		ID: "get-dissolution", Method: http.MethodGet, Path: "/v1/dissolutions/{id}", Tag: tagDissolutions, Access: onlookers(),
		Problems: map[int][]string{http.StatusNotFound: {"dissolution_not_found"}},
	}, func(ctx context.Context, in *InDissolution) (*answer[dissolutionView], error) {
		by, err := f.asOnlooker(ctx)
		if err != nil {
			return nil, err
		}
		return f.dissolutionFor(ctx, by, in.ID)
	})
}
