package api

import (
	"context"
	"net/http"
)

// resumeStateDelete forgets what an app has stored for the caller; any app's,
// because nothing is read.
func (f *face) resumeStateDelete() {
	register(f, operation{
		ID: "delete-resume-state", Method: http.MethodDelete, Path: "/v1/account/resume-state/{app}", Tag: tagAccount, Access: everyAccount(),
	}, func(ctx context.Context, in *ByApp) (*none, error) {
		return nil, f.States.Delete(ctx, principalOf(ctx).Account(), in.App)
	})
}
