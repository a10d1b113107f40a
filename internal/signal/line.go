package signal

import (
	"context"
	"time"
)

// Line is what the trail shows of a notice: neither where it went nor what it
// said.
type Line struct {
	ID        string
	Kind      string
	State     string // "pending", or how it ended
	LastError string // a code
	CreatedAt time.Time
	EndedAt   time.Time // zero while it waits
}

// TrailTx reads what became of notices.
type TrailTx interface {
	// Notices gives the trail of an account's notices, the oldest first.
	Notices(ctx context.Context, account string) ([]Line, error)
}
