// Package signal holds what Signoff has to tell until it is told. It has the
// vocabulary and the outbox: a notice commits together with the change that it
// speaks of, and is delivered afterwards, durably.
package signal

import (
	"context"
	"strings"
	"time"
)

// The channels that a notice can take.
const (
	Mail = "mail"
	SMS  = "sms" // a text message to a mobile number
	// Inbox is what the account reads when it is signed in. A notice goes there
	// beside its other channel.
	Inbox = "inbox"
)

// ChannelOf says which channel an address belongs to.
func ChannelOf(address string) string {
	if address == "" || strings.Contains(address, "@") {
		return Mail
	}
	return SMS
}

// Notice is one message to one person. Address and Args are personal: they are
// sealed at rest and erased once the notice has been delivered or given up.
type Notice struct {
	ID        string
	Account   string
	Kind      string
	Locale    string // one of language.All
	Channel   string // Mail or SMS; empty is Mail
	Address   string // an e-mail address or a mobile number, or empty where none is known
	Args      map[string]string
	CreatedAt time.Time
	ExpiresAt time.Time // after it sending is useless; zero is never
	Attempts  int
}

// Tx is the outbox's part of a transaction.
type Tx interface {
	// EnqueueNotice stores n and the job that delivers it. A notice without an
	// address is stored all the same, and ends as undeliverable when its turn
	// comes, so that the trail shows it.
	EnqueueNotice(ctx context.Context, n Notice) error
}
