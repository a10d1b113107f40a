package api

import (
	"context"
	"encoding/json"
	"time"

	"github.com/signoff-id/signoff/internal/work"
)

// stateNote says that there is a state to come back to.
type stateNote struct {
	Version   int64     `json:"version"`
	Size      int       `json:"size" doc:"In bytes."`
	UpdatedAt time.Time `json:"updated_at"`
	ExpiresAt time.Time `json:"expires_at"`
}

func shapeNote(s work.State) stateNote {
	return stateNote{Version: s.Version, Size: s.Size, UpdatedAt: s.UpdatedAt.UTC(), ExpiresAt: s.ExpiresAt.UTC()}
}

// stateView is a state with what is in it.
type stateView struct {
	Version   int64           `json:"version"`
	Size      int             `json:"size" doc:"In bytes."`
	UpdatedAt time.Time       `json:"updated_at"`
	ExpiresAt time.Time       `json:"expires_at"`
	State     json.RawMessage `json:"state" doc:"As the app stored it."`
}

// ByApp names an app in the path.
type ByApp struct {
	App string `path:"app" maxLength:"100"`
}

// holder is the caller on the session's app. Of any other app there is no state:
// the session decides, not the path.
func (f *face) holder(ctx context.Context, app string) (work.Holder, error) {
	s := principalOf(ctx).Session
	if app != s.App {
		return work.Holder{}, work.ErrNoState()
	}
	return work.Holder{Account: s.Account, Session: s.ID, App: s.App}, nil
}

// comesBack gives what a person who has just signed in to an app comes back to,
// or nil.
func (f *face) comesBack(ctx context.Context, account, app string) (*stateNote, error) {
	s, err := f.States.Peek(ctx, work.Holder{Account: account, App: app})
	if err != nil || s.Version == 0 {
		return nil, err
	}
	note := shapeNote(s)
	return &note, nil
}
