// Package erasure works on the parts of an erasure: each data holder's share of
// an end, be it that of an account or of an organisation. A part is leased,
// erased under one idempotency key, kept with its receipt, and searched for
// leftovers; a failure is a code and a time for the next try, and never ends it.
package erasure

import (
	"context"
	"encoding/json"
	"time"

	"github.com/signoff-id/signoff/internal/holder"
)

// Part is one data holder's share of an erasure.
type Part struct {
	Of         string // the closure or dissolution
	Holder     string
	Position   int
	Key        string // idempotency key, one for ever
	Attempts   int
	LastError  string // a code, never a text from outside
	Progress   json.RawMessage
	Receipt    *holder.Receipt
	ErasedAt   time.Time
	VerifiedAt time.Time
	NextTryAt  time.Time
}

// Done says whether the part is erased and verified.
func (p Part) Done() bool { return !p.VerifiedAt.IsZero() }

// Tx keeps the parts of erasures of one kind of end.
type Tx interface {
	InsertPart(ctx context.Context, p Part) error
	Parts(ctx context.Context, of string) ([]Part, error)
	// ClaimPart leases a part that is not done and whose time has come, and
	// counts the attempt; false when there is nothing to claim.
	ClaimPart(ctx context.Context, of, holder string, now, until time.Time) (Part, bool, error)
	// SavePart writes progress, receipt, error and times; a zero NextTryAt keeps
	// the lease, any other ends it. Only the newest claim's worker may: for an
	// older one, whose lease ran out, it answers part_taken.
	SavePart(ctx context.Context, p Part) error
	// DueParts gives up to limit parts that no job seems to care for, and puts
	// their next waking off until again.
	DueParts(ctx context.Context, now, again time.Time, limit int) ([]Part, error)
	// WakePart adds the job that works on a part to this commit.
	WakePart(ctx context.Context, of, holder string) error
	// RetryPart makes a part due now; false for none that is open.
	RetryPart(ctx context.Context, of, holder string, now time.Time) (bool, error)
}

// Begin writes a part with its job for every data holder, in the commit that
// makes an erasure certain. Without data holders there is none.
func Begin(ctx context.Context, tx Tx, of string, holders []string, now time.Time) error {
	for i, name := range holders {
		if err := tx.InsertPart(ctx, Part{Of: of, Holder: name, Position: i, Key: of + "/" + name, NextTryAt: now}); err != nil {
			return err
		}
		if err := tx.WakePart(ctx, of, name); err != nil {
			return err
		}
	}
	return nil
}

// Complete says whether all parts are done.
func Complete(parts []Part) bool {
	for _, p := range parts {
		if !p.Done() {
			return false
		}
	}
	return true
}
