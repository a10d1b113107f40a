package api

import (
	"context"
	"net/http"
)

// closureGet gives one closure with its timeline and its parts.
func (f *face) closureGet() {
	register(f, operation{
		ID: "get-closure", Method: http.MethodGet, Path: "/v1/closures/{id}", Tag: tagClosures, Access: ownOr(staff()...),
		Problems: map[int][]string{http.StatusNotFound: {"closure_not_found"}},
	}, func(ctx context.Context, in *ByID) (*answer[closureView], error) {
		whose, err := f.whose(ctx, staff()...)
		if err != nil {
			return nil, err
		}
		v, err := f.Closures.Get(ctx, in.ID, whose)
		if err != nil {
			return nil, err
		}
		return &answer[closureView]{Body: shapeClosure(ctx, f.Now(), whose == "")(v)}, nil
	})
}

// whose gives the account that the caller is confined to, "" for whoever has
// one of the roles.
func (f *face) whose(ctx context.Context, roles ...string) (string, error) {
	who := principalOf(ctx)
	all, err := f.has(ctx, who, roles...)
	if err != nil || all {
		return "", err
	}
	return who.Account(), nil
}
