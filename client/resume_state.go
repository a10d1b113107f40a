package client

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
)

// StateNote says that there is a state to come back to.
type StateNote struct {
	Version   int64     `json:"version"`
	Size      int       `json:"size"` // in bytes
	UpdatedAt time.Time `json:"updated_at"`
	ExpiresAt time.Time `json:"expires_at"`
}

// ResumeState is what an app stored for a person to come back to.
type ResumeState struct {
	Version   int64           `json:"version"`
	Size      int             `json:"size"`
	UpdatedAt time.Time       `json:"updated_at"`
	ExpiresAt time.Time       `json:"expires_at"`
	State     json.RawMessage `json:"state"`
}

// NewState is a state in the place of the one with the version that the app has
// read, 0 where there is none yet.
type NewState struct {
	Version int64           `json:"version"`
	State   json.RawMessage `json:"state"`
}

// ResumeState gives what the app of the client's session has stored. Codes:
// state_not_found, which is the answer for every other app, too.
func (c *Client) ResumeState(ctx context.Context, app string) (ResumeState, error) {
	return get[ResumeState](ctx, c, path("account", "resume-state", app), nil)
}

// PutResumeState stores it. Codes: state_changed where somebody has stored
// another one since, state_too_large, state_not_found.
func (c *Client) PutResumeState(ctx context.Context, app string, s NewState) (StateNote, error) {
	return put[StateNote](ctx, c, path("account", "resume-state", app), s)
}

// DeleteResumeState forgets what an app has stored for the caller.
func (c *Client) DeleteResumeState(ctx context.Context, app string) error {
	return c.tell(ctx, http.MethodDelete, path("account", "resume-state", app), nil)
}
