package api

import (
	"context"
	"net/http"
	"time"
)

// checkedSession is what a relying party learns of a valid session: nothing
// personal.
type checkedSession struct {
	ID        string    `json:"id"`
	AccountID string    `json:"account_id"`
	App       string    `json:"app"`
	Device    string    `json:"device_kind"`
	CreatedAt time.Time `json:"created_at"`
	ExpiresAt time.Time `json:"expires_at"`
}

// sessionCheck says whether a token is a valid session. It is the hot path: a
// relying party asks before it serves a request, so admit's one read of one row
// is all that happens here.
func (f *face) sessionCheck() {
	register(f, operation{
		ID: "check-session", Method: http.MethodGet, Path: "/v1/session", Tag: tagSessions, Access: everyAccount(),
	}, func(ctx context.Context, _ *none) (*answer[checkedSession], error) {
		s := principalOf(ctx).Session
		return &answer[checkedSession]{Body: checkedSession{ID: s.ID, AccountID: s.Account, App: s.App, Device: s.Device.Kind,
			CreatedAt: s.CreatedAt, ExpiresAt: s.ExpiresAt}}, nil
	})
}
