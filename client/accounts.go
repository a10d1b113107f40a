package client

import (
	"context"
	"iter"
	"net/http"
	"time"
)

// The kinds of identifiers.
const (
	Mobile   = "mobile"
	Email    = "email"
	Username = "username"
)

// Identifier is one name under which a person signs in.
type Identifier struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

// Account is one person's login.
type Account struct {
	ID          string       `json:"id"`
	State       string       `json:"state"` // active, paused, erasing or closed
	Name        string       `json:"name"`
	Locale      string       `json:"locale"`
	Stolen      bool         `json:"stolen"`
	Banned      bool         `json:"banned"`
	Identifiers []Identifier `json:"identifiers"`
	Verified    []Identifier `json:"verified"` // those that were shown to be the person's own
	CreatedAt   time.Time    `json:"created_at"`
	ClosedAt    *time.Time   `json:"closed_at"` // nil while it is not closed
}

// NewAccount is what an account begins with.
type NewAccount struct {
	Name        string       `json:"name,omitempty"`
	Locale      string       `json:"locale,omitempty"`   // zh-CN where left out
	Password    string       `json:"password,omitempty"` // left out: nobody can sign in yet
	Identifiers []Identifier `json:"identifiers"`
	Verified    bool         `json:"verified,omitempty"` // the identifiers are known to be the person's own
}

// CreateAccount makes an account; for operators. Codes: identifier_taken,
// identifier_reserved.
func (c *Client) CreateAccount(ctx context.Context, in NewAccount) (Account, error) {
	return create[Account](ctx, c, path("accounts"), in)
}

// Accounts gives one page of all accounts, the oldest first; for operators.
func (c *Client) Accounts(ctx context.Context, p Page) (List[Account], error) {
	return list[Account](ctx, c, path("accounts"), p.query())
}

// AccountsIn gives one page of the accounts in a state, the oldest first; for
// operators.
func (c *Client) AccountsIn(ctx context.Context, state string, p Page) (List[Account], error) {
	q := p.query()
	q.Set("state", state)
	return list[Account](ctx, c, path("accounts"), q)
}

// AllAccounts gives every account, page by page; for operators.
func (c *Client) AllAccounts(ctx context.Context) iter.Seq2[Account, error] {
	return walk(ctx, c.Accounts)
}

// FindAccount looks an account up by a name that it signs in with; for
// operators. Codes: account_not_found.
func (c *Client) FindAccount(ctx context.Context, name string) (Account, error) {
	return post[Account](ctx, c, path("accounts", "find"), map[string]string{"name": name})
}

// Account gives anybody's profile; for operators. Codes: account_not_found.
func (c *Client) Account(ctx context.Context, account string) (Profile, error) {
	return get[Profile](ctx, c, path("accounts", account), nil)
}

// AddIdentifier gives an account one more name, and gives it as it is stored;
// for operators. Codes: account_not_found, identifier_taken,
// identifier_reserved, account_ending.
func (c *Client) AddIdentifier(ctx context.Context, account string, id Identifier) (Identifier, error) {
	return create[Identifier](ctx, c, path("accounts", account, "identifiers"), id)
}

// RemoveIdentifier takes a name away; for operators. Codes: account_not_found,
// identifier_not_found, identifier_last, account_ending.
func (c *Client) RemoveIdentifier(ctx context.Context, account string, id Identifier) error {
	return c.tell(ctx, http.MethodPost, path("accounts", account, "identifiers", "remove"), id)
}

// SetPassword gives an account a password; for operators. Codes:
// account_not_found, account_ending.
func (c *Client) SetPassword(ctx context.Context, account, password string) error {
	return c.tell(ctx, http.MethodPut, path("accounts", account, "password"), map[string]string{"password": password})
}

// SetFlags marks an account as stolen or banned, or clears the marks; for
// operators. Codes: account_not_found.
func (c *Client) SetFlags(ctx context.Context, account string, stolen, banned bool) error {
	return c.tell(ctx, http.MethodPut, path("accounts", account, "flags"), map[string]bool{"stolen": stolen, "banned": banned})
}

// The roles on the platform.
const (
	Operator = "operator"
	Reviewer = "reviewer"
	Auditor  = "auditor"
)

// Grant gives an account a role on the platform; for operators. Codes:
// account_not_found, account_ending.
func (c *Client) Grant(ctx context.Context, account, role string) error {
	return c.tell(ctx, http.MethodPut, path("accounts", account, "grants", role), nil)
}

// Revoke takes a role away; for operators. Codes: account_not_found,
// grant_not_found.
func (c *Client) Revoke(ctx context.Context, account, role string) error {
	return c.tell(ctx, http.MethodDelete, path("accounts", account, "grants", role), nil)
}

// Notice is the trail of one notice: neither where it went nor what it said.
type Notice struct {
	ID        string     `json:"id"`
	Kind      string     `json:"kind"`
	State     string     `json:"state"`
	LastError string     `json:"last_error"`
	CreatedAt time.Time  `json:"created_at"`
	EndedAt   *time.Time `json:"ended_at"` // nil while it waits
}

// Notices lists what an account was told; for operators. Codes:
// account_not_found.
func (c *Client) Notices(ctx context.Context, account string) ([]Notice, error) {
	return items[Notice](ctx, c, path("accounts", account, "notices"))
}
