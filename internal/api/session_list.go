package api

import (
	"context"
	"net/http"
)

// sessionList gives the caller's valid sessions, the newest first, the current
// one marked.
func (f *face) sessionList() {
	register(f, operation{
		ID: "list-sessions", Method: http.MethodGet, Path: "/v1/sessions", Tag: tagSessions, Access: everyAccount(),
	}, func(ctx context.Context, _ *none) (*answer[list[sessionView]], error) {
		who := principalOf(ctx)
		all, err := f.Sessions.List(ctx, who.Account())
		if err != nil {
			return nil, err
		}
		return &answer[list[sessionView]]{Body: list[sessionView]{Items: each(all, shapeSession(ctx, who.Session.ID))}}, nil
	})
}
