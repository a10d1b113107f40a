package client

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// The kinds of work.
const (
	UnsavedWork = "unsaved"
	RunningWork = "running"
)

// NewWork is what an app has in hand.
type NewWork struct {
	Kind       string     `json:"kind"`
	What       string     `json:"what"`           // in a few words, for the person
	Link       string     `json:"link,omitempty"` // https, or a path on the app's site
	Since      *time.Time `json:"since,omitempty"`
	TTLSeconds int        `json:"ttl_seconds"` // how long it counts if it is not renewed
}

// Work is announced work.
type Work struct {
	ID        string     `json:"id"`
	SessionID string     `json:"session_id"`
	App       string     `json:"app"`
	Kind      string     `json:"kind"`
	What      string     `json:"what"`
	Link      string     `json:"link"`
	Since     time.Time  `json:"since"`
	ExpiresAt time.Time  `json:"expires_at"`
	EndsAt    *time.Time `json:"ends_at"` // when an order ends the session: save now
}

// WorkSignal says whether the session is about to end.
type WorkSignal struct {
	EndsAt *time.Time `json:"ends_at"` // nil while no order ends it
}

// AnnounceWork says that the app has work in hand on the client's session. Codes:
// work_too_much, validation_failed.
func (c *Client) AnnounceWork(ctx context.Context, in NewWork) (Work, error) {
	return create[Work](ctx, c, path("session", "work"), in)
}

// RenewWork prolongs it from now on. Codes: work_not_found.
func (c *Client) RenewWork(ctx context.Context, id string, ttl time.Duration) (Work, error) {
	return put[Work](ctx, c, path("session", "work", id), map[string]int{"ttl_seconds": int(ttl.Seconds())})
}

// ReleaseWork says that it is saved or done.
func (c *Client) ReleaseWork(ctx context.Context, id string) error {
	return c.tell(ctx, http.MethodDelete, path("session", "work", id), nil)
}

// Work lists what is in hand on the client's session.
func (c *Client) Work(ctx context.Context) ([]Work, error) {
	return items[Work](ctx, c, path("session", "work"))
}

// AwaitWorkSignal waits up to 25 seconds until an order is about to end the
// client's session. Codes: session_not_valid.
func (c *Client) AwaitWorkSignal(ctx context.Context, wait time.Duration) (WorkSignal, error) {
	return get[WorkSignal](ctx, c, path("session", "work", "signal"), url.Values{"wait_seconds": {strconv.Itoa(int(wait.Seconds()))}})
}

// AccountWork lists what apps have in hand for somebody, without its texts; for
// operators. Codes: account_not_found.
func (c *Client) AccountWork(ctx context.Context, account string) ([]Work, error) {
	return items[Work](ctx, c, path("accounts", account, "work"))
}
