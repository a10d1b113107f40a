package api

import (
	"context"
	"net/http"
	"time"

	"github.com/signoff-id/signoff/internal/access"
)

// newPause says how long an account is to rest.
type newPause struct {
	Until *time.Time `json:"until,omitempty" doc:"When the pause ends by itself. Left out: when somebody resumes the account."`
}

func (n newPause) until() time.Time {
	if n.Until == nil {
		return time.Time{}
	}
	return *n.Until
}

// pauseView is a pause that has begun.
type pauseView struct {
	PausedAt time.Time  `json:"paused_at"`
	Until    *time.Time `json:"until,omitempty"`
}

func shapePause(p access.Pause) *answer[pauseView] {
	return &answer[pauseView]{Body: pauseView{PausedAt: p.At.UTC(), Until: when(p.Until)}}
}

// ownPause lets the caller's account rest: all its sessions end, this one too.
func (f *face) ownPause() {
	register(f, operation{
		ID: "pause-own-account", Method: http.MethodPost, Path: "/v1/account/pause", Tag: tagAccount, Access: everyAccount().fresh(),
		Problems: map[int][]string{http.StatusConflict: {"account_paused", "account_ending", "closure_open", "last_admin"},
			http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct{ Body newPause }) (*answer[pauseView], error) {
		p, err := f.Access.Pause(ctx, asMember(ctx), principalOf(ctx).Account(), in.Body.until())
		if err != nil {
			return nil, err
		}
		return shapePause(p), nil
	})
}
