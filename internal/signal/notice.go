// Package signal holds the vocabulary of what Signoff tells the world, and the
// outbox in which it waits: a notice commits together with the change that it
// speaks of, and is delivered afterwards, durably.
package signal

import (
	"context"
	"strings"
	"time"
)

// The kinds of notices; each has a subject and a body in every language.
const (
	AccountCreated        = "account_created"
	SessionsEndedByAdmin  = "sessions_ended_by_admin"
	ClosureRequested      = "closure_requested"
	ClosureApproved       = "closure_approved"
	ClosureRejected       = "closure_rejected"
	ClosureWithdrawn      = "closure_withdrawn"
	ClosureWithdrawnLogin = "closure_withdrawn_by_sign_in"
	ClosureRefused        = "closure_refused"
	ClosureClosed         = "closure_closed"
	RoleTransferAsked     = "role_transfer_asked"
	RoleTransferAccepted  = "role_transfer_accepted"
	RoleTransferDeclined  = "role_transfer_declined"
	RoleTransferExpired   = "role_transfer_expired"

	// About signing in.
	OneTimeCode        = "one_time_code"       // code, minutes, purpose
	PasswordResetLink  = "password_reset_link" // link, minutes
	PasswordChanged    = "password_changed"
	PasswordOld        = "password_old"        // days
	FactorAdded        = "factor_added"        // factor
	FactorRemoved      = "factor_removed"      // factor
	IdentifierVerified = "identifier_verified" // kind: mobile or email
	IdentifierWanted   = "identifier_wanted"   // somebody wanted to use it who is not its owner
	NewSignIn          = "new_sign_in"         // device: desktop, phone or tablet; app
	SessionEnded       = "session_ended"       // cause: a session.Cause

	// About the account and its organisations.
	AccountPaused          = "account_paused"
	AccountResumed         = "account_resumed"
	AccountResumeLink      = "account_resume_link"       // link, minutes
	AccountFlagged         = "account_flagged"           // flag: stolen or banned
	MemberRemoved          = "member_removed"            // organisation
	SignOutWaitingApproval = "sign_out_waiting_approval" // organisation
	OrganisationEnding     = "organisation_ending"       // organisation, until: a date
	OrganisationEnded      = "organisation_ended"        // organisation
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
	Locale    string // "zh-CN" or "en"
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
