package api

import (
	"context"
	"net/http"
)

// resumeStateGet gives what the app of this session has stored for the caller.
func (f *face) resumeStateGet() {
	register(f, operation{
		ID: "get-resume-state", Method: http.MethodGet, Path: "/v1/account/resume-state/{app}", Tag: tagAccount, Access: everyAccount(),
		Problems: map[int][]string{http.StatusNotFound: {"state_not_found"}},
	}, func(ctx context.Context, in *ByApp) (*answer[stateView], error) {
		h, err := f.holder(ctx, in.App)
		if err != nil {
			return nil, err
		}
		s, err := f.States.Get(ctx, h)
		if err != nil {
			return nil, err
		}
		return &answer[stateView]{Body: stateView{Version: s.Version, Size: s.Size,
			UpdatedAt: s.UpdatedAt.UTC(), ExpiresAt: s.ExpiresAt.UTC(), State: s.Data}}, nil
	})
}
