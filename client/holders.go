package client

import (
	"context"
	"time"
)

// Holder says what a data holder is and what an erasure does there.
type Holder struct {
	Name  string       `json:"name"`
	Kind  string       `json:"kind"` // "sqldb", "blob", …
	Title string       `json:"title"`
	Items []HolderItem `json:"items"`

	LastCheck *HolderCheck `json:"last_check"` // nil before the first one
	Waiting   int          `json:"waiting"`    // parts of erasures that are not done there
	Failing   int          `json:"failing"`    // of these, whose last try failed
}

// HolderItem is what an erasure does with one kind of data.
type HolderItem struct {
	Name      string            `json:"name"`
	Action    string            `json:"action"`
	Period    string            `json:"period"` // how long it is kept, as an ISO 8601 duration
	Basis     string            `json:"basis"`
	BasisText map[string]string `json:"basis_text"` // by language
}

// HolderCheck is a data holder's answer to a check.
type HolderCheck struct {
	At     time.Time `json:"at"`
	OK     bool      `json:"ok"`
	Code   string    `json:"code"`
	Detail string    `json:"detail"`
	// Errors are the places in the holder's configuration that are wrong.
	Errors []FieldProblem `json:"errors"`
}

// Holders lists the data holders, in the order of the configuration; for
// operators and auditors.
func (c *Client) Holders(ctx context.Context) ([]Holder, error) {
	return items[Holder](ctx, c, path("holders"))
}

// CheckHolder asks a data holder whether it can do what it says; for operators
// and auditors. That it cannot is an answer, not an error. Codes:
// holder_unknown.
func (c *Client) CheckHolder(ctx context.Context, name string) (HolderCheck, error) {
	return post[HolderCheck](ctx, c, path("holders", name, "check"), nil)
}
