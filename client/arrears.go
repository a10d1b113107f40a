package client

import (
	"context"
	"net/http"
	"time"
)

// Arrear is money that an account's holder still owes.
type Arrear struct {
	ID        string    `json:"id"`
	Currency  string    `json:"currency"` // ISO 4217
	Amount    int64     `json:"amount"`   // minor units: fen, cents
	Reference string    `json:"reference"`
	CreatedAt time.Time `json:"created_at"`
}

// NewArrear is money that is owed.
type NewArrear struct {
	Currency  string `json:"currency"`
	Amount    int64  `json:"amount"`
	Reference string `json:"reference,omitempty"`
}

// AddArrear records money owed; for operators. Codes: account_not_found,
// account_ending.
func (c *Client) AddArrear(ctx context.Context, account string, in NewArrear) (Arrear, error) {
	return create[Arrear](ctx, c, path("accounts", account, "arrears"), in)
}

// SettleArrear records that it was paid; for operators. Codes:
// account_not_found, arrear_not_found.
func (c *Client) SettleArrear(ctx context.Context, account, arrear string) error {
	return c.tell(ctx, http.MethodPost, path("accounts", account, "arrears", arrear, "settle"), nil)
}
