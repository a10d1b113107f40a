package client

import (
	"context"
	"net/http"
	"time"
)

// Binding is a link from an account to an outside service.
type Binding struct {
	ID        string    `json:"id"`
	Service   string    `json:"service"`
	Reference string    `json:"reference"`
	CreatedAt time.Time `json:"created_at"`
}

// NewBinding is an outside service to bind.
type NewBinding struct {
	Service   string `json:"service"` // "alipay", "taobao", "mailbox", …
	Reference string `json:"reference,omitempty"`
}

// AddBinding records that an outside service is bound to an account; for
// operators. Codes: account_not_found, account_ending.
func (c *Client) AddBinding(ctx context.Context, account string, in NewBinding) (Binding, error) {
	return create[Binding](ctx, c, path("accounts", account, "bindings"), in)
}

// ReleaseBinding ends a binding; for operators. Codes: account_not_found,
// binding_not_found.
func (c *Client) ReleaseBinding(ctx context.Context, account, binding string) error {
	return c.tell(ctx, http.MethodDelete, path("accounts", account, "bindings", binding), nil)
}
