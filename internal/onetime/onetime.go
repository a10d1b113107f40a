// Package onetime makes what a person is sent to give back once: a code or a
// link. It serves to prove that an address is theirs, to register, to get back
// in without the password, as a second factor, or as the proof that a grave
// step asks for.
//
// A code goes through three hands:
//
//	Issue  writes the code and the notice that carries it into the caller's commit.
//	Check  takes what the person typed. It counts the try in a commit of its own,
//	       before it compares anything, so that a guess counts however the rest
//	       of the request ends. Call it outside any transaction.
//	Spend  uses the code up, inside the commit that acts on it. Of any number of
//	       requests with the same right code exactly one spends it.
//
// A right code that was checked and not spent, because the caller's commit was
// refused for another reason, can be given again, within its five tries.
//
// A code belongs to its purpose, to one request (Binding) and to one account:
// what was issued for one fits nothing else. Only a keyed hash of it is stored;
// in clear it stands in the sealed arguments of its notice and nowhere else, and
// those are erased when the notice has gone out or its time is over.
package onetime

import (
	"context"
	"io"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/signal"
)

// What codes are for.
const (
	VerifyIdentifier = "verify_identifier" // an address or number is the account's own
	Register         = "register"          // there is no account yet
	ResetPassword    = "reset_password"
	SecondFactor     = "second_factor"
	Proof            = "proof" // a fresh proof of identity, as before a closure
)

// Form is what the person gets.
type Form string

// The forms. A code is typed, so it is short and dies after a few wrong tries;
// a link is opened, so it is too long to be guessed.
const (
	Code Form = "code" // six digits
	Link Form = "link" // LinkPrefix and 256 random bits
)

// LinkPrefix marks the token of a link, so that secret scanners find a leaked one.
const LinkPrefix = "sol_"

// How long they live when the order names no time.
const (
	CodeTTL = 10 * time.Minute
	LinkTTL = 30 * time.Minute
)

// Tries is how often somebody may try a code before it is dead.
const Tries = 5

// Order says what is to be issued, for whom and where it goes.
type Order struct {
	Purpose string
	Form    Form   // "" is Code
	Account string // empty where there is no account (yet)
	// Subject is whom the limits count for; empty means Account. Where an
	// account is named by what somebody typed, as at "forgot my password", make
	// it of the typed name, for known and unknown names alike: then the limits
	// do not tell which names exist.
	Subject string
	Binding string // the request that it belongs to: an id of the caller's own
	Channel string // signal.Mail or signal.SMS
	Address string
	Locale  string
	TTL     time.Duration // zero means CodeTTL or LinkTTL
	// Notice is the kind of notice that carries it; empty is signal.OneTimeCode.
	Notice string
	// args go into the notice beside "code" or "link", "minutes" and "purpose".
	args map[string]string
	// URL makes the link of its token; needed for the form Link. The token
	// belongs behind a "#", where no log and no referrer sees it.
	URL func(token string) string
	// Decoy goes through all the same motions and sends nothing: for a name that
	// leads nowhere, so that the answers do not differ from a known one's.
	Decoy bool
}

// Issued tells of a code without telling the code.
type Issued struct {
	ID        string
	ExpiresAt time.Time
	Next      time.Time // before then another one is refused
}

// Key says which code a person was asked for.
type Key struct{ Purpose, Binding, Account string }

// Right is a code that was given rightly, to be spent in the commit that acts
// on it.
type Right struct {
	ID, Purpose, Binding, Account string
	form                          Form
}

// Stored is a code as it is kept: hashes only, all of them keyed.
type Stored struct {
	ID, Purpose, Binding, Account string
	Form                          Form
	Subject, Address, Hash        []byte
	CreatedAt, ExpiresAt          time.Time
	Tries                         int
}

// Tx is what this room needs of a transaction.
type Tx interface {
	audit.Tx
	signal.Tx
	CodeTx
}

// CodeTx keeps codes.
type CodeTx interface {
	// TakeTurns makes every other transaction that issues for one of the keys
	// wait for this one.
	TakeTurns(ctx context.Context, now time.Time, keys ...[]byte) error
	// CodesSince gives when codes were issued for a subject or to an address,
	// the newest first.
	CodesSince(ctx context.Context, key []byte, since time.Time) ([]time.Time, error)
	// ReplaceCode ends the live code of a purpose and binding, if there is one.
	ReplaceCode(ctx context.Context, purpose, binding string, now time.Time) error
	InsertCode(ctx context.Context, c Stored) error
	// TryCode counts a try at a live code and gives it, or nothing when there is
	// none that fits, or no try left.
	TryCode(ctx context.Context, k Key, tries int, now time.Time) (Stored, bool, error)
	// CodeByLink finds the live link with the hash, or nothing.
	CodeByLink(ctx context.Context, purpose string, hash []byte, now time.Time) (Stored, bool, error)
	// SpendCode ends a live code and says whether it was this call that did.
	SpendCode(ctx context.Context, id string, now time.Time) (bool, error)
	// RevokeCodes ends all live codes of an account.
	RevokeCodes(ctx context.Context, account string, now time.Time) error
}

// Service issues codes and takes them back.
type Service struct {
	InTx  func(context.Context, func(Tx) error) error
	View  func(context.Context, func(Tx) error) error
	Now   func() time.Time
	NewID func() string
	Rand  io.Reader
	// Hash is the installation's keyed hash (keys.Vault.BlindIndex): a code has a
	// million values, so whoever has the database tries a plain hash's out at once.
	Hash   func(kind, value string) []byte
	Limits Limits
}

// ErrWrong answers every code or link that does not serve: wrong, expired,
// used, tried too often, somebody else's. One answer, so that it tells nothing.
func ErrWrong() *fault.Error { return fault.New(fault.Unauthenticated, "code_wrong") }

// Revoke ends all live codes of an account, as when its password changes, in the
// caller's commit.
func Revoke(ctx context.Context, tx CodeTx, account string, now time.Time) error {
	return tx.RevokeCodes(ctx, account, now)
}
