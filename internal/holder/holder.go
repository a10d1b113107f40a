// Package holder says what a data holder is. It is a database, a file store, an
// app or an outside platform that keeps data about people, and that can be
// asked what it has about one of them, made to erase it, and searched
// afterwards for what was left. Each kind of holder is a package below this
// one.
//
// A holder is called again and again until it has answered: every operation may
// be repeated, at once in several processes, and be cut off at any point.
package holder

import (
	"context"
	"time"
)

// What a holder does with the data of a person.
const (
	Delete       = "delete"       // rows or files go
	Blank        = "blank"        // personal columns are emptied
	Pseudonymise = "pseudonymise" // personal columns get the pseudonym
	Reassign     = "reassign"     // the successor takes over
	Keep         = "keep"         // kept until a date on a legal basis, no longer leading to the person
)

// Holder is one data holder. Its errors are faults whose codes begin with
// "holder_", or those of the context; none of them carries what it holds.
type Holder interface {
	// Describe says what the holder is and what it does, without asking it.
	Describe() Description
	// Check asks the holder whether it can do what its description says:
	// reachable, and shaped as its configuration believes. It changes nothing.
	Check(ctx context.Context) error
	// Count says what the holder has about a person now, an item for each of
	// its description, of which some may count nothing.
	Count(ctx context.Context, s Subject) ([]Item, error)
	// Erase does what the description says and answers what was done for this
	// task's key, all its tries together. Data that appeared after an erasure
	// is erased by the next call with the same key, and its receipt counts it.
	Erase(ctx context.Context, t Task) (Receipt, error)
	// Verify looks for what still leads to a person.
	Verify(ctx context.Context, s Subject) (Leftovers, error)
	// Close lets go of connections.
	Close() error
}

// Task is one holder's part of one erasure.
type Task struct {
	// Key is the idempotency key: the same for ever for one closure and holder.
	Key     string
	Subject Subject
	// At is the instant of the erasure, in UTC, the same on every try; what is
	// kept is kept for a time that counts from it.
	At time.Time
	// Progress is what the last try saved, a JSON document; nil at first.
	Progress []byte
	// Save keeps progress for the next try. When it has returned without an
	// error, the next try finds it. It may be nil where nobody tries again.
	Save func(ctx context.Context, progress []byte) error
}
