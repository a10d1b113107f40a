package api

import (
	"context"
	"net/http"
)

// workRelease says that the work is saved or done.
func (f *face) workRelease() {
	register(f, operation{
		ID: "release-work", Method: http.MethodDelete, Path: "/v1/session/work/{id}", Tag: tagSessions, Access: everyAccount(),
	}, func(ctx context.Context, in *ByID) (*none, error) {
		return nil, f.Sessions.Release(ctx, principalOf(ctx).Session, in.ID)
	})
}
