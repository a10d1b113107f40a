// Package audit keeps the append-only, tamper-evident log of what was done in
// Signoff. It says by whom and to what. The entries are the leaves of a Merkle
// tree as in RFC 6962; its root is signed in checkpoints. Whoever changes,
// removes or inserts an entry later changes the root, and whoever keeps an old
// checkpoint elsewhere can tell.
//
// A business transaction only appends a pending entry, so that commits do not
// queue up behind one tree head. The Sequencer gives pending entries their
// places in batches; until then, for about as long as a Sequencer's pause, an
// entry is not yet protected.
package audit

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/signoff-id/signoff/internal/fault"
)

// The kinds of actors.
const (
	KindMember   = "member"   // a person, on the own account
	KindAdmin    = "admin"    // an organisation's admin
	KindReviewer = "reviewer" // whoever decides closures
	KindOperator = "operator" // whoever runs this installation
	KindSystem   = "system"   // Signoff itself: a deadline, a job
)

// Pending is the Seq of an entry that has no place in the tree yet.
const Pending = int64(-1)

// Actor is who did something. ID is empty for KindSystem.
type Actor struct {
	Kind string
	ID   string
}

// System is the actor of what Signoff does by itself.
func System() Actor { return Actor{Kind: KindSystem} }

// Entry is one thing that happened. Entries never go away, so they hold no
// personal data: ids, codes and counts only.
type Entry struct {
	ID           string    // unique for ever, given by the caller
	At           time.Time // UTC, to the microsecond
	Actor        Actor
	Action       string            // dotted lower case, as "account.created"
	Organisation string            // the organisation that it happened in, or ""
	Account      string            // the account that it happened to, or ""
	Object       string            // what else it happened to, as a closure's id, or ""
	Data         map[string]string // codes and counts
	Seq          int64             // place in the log from 0; Pending before it has one
}

// Tx is what other rooms need of a transaction to leave an entry in it.
type Tx interface {
	// AppendAudit adds e as pending. It answers audit_entry_malformed for an
	// entry that Check refuses. e.Seq is ignored.
	AppendAudit(ctx context.Context, e Entry) error
}

// maxText bounds every text of an entry in bytes: long enough for any code, id
// or digest, short enough to notice when somebody logs a document.
const maxText = 256

// Check says whether e may be appended, by audit_entry_malformed with the name
// of the field that may not. Every store calls it.
func (e Entry) Check() error {
	bad := func(field string) error {
		return fault.New(fault.Internal, "audit_entry_malformed", "field", field)
	}
	switch e.Actor.Kind {
	case KindMember, KindAdmin, KindReviewer, KindOperator, KindSystem:
	default:
		return bad("actor.kind")
	}
	if e.ID == "" {
		return bad("id")
	}
	if y := e.At.UTC().Year(); e.At.IsZero() || y < 1 || y > 9999 {
		return bad("at")
	}
	if !isAction(e.Action) {
		return bad("action")
	}
	for field, text := range e.texts {
		if len(text) > maxText || !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			return bad(field)
		}
	}
	return nil
}

// isAction says whether s is words of a-z, 0-9 and "_", joined by dots.
func isAction(s string) bool {
	for word := range strings.SplitSeq(s, ".") {
		if word == "" || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
			return false
		}
	}
	return true
}

// texts is an iterator over every text of e with the name of its field.
func (e Entry) texts(yield func(field, text string) bool) {
	for _, t := range [...][2]string{
		{"id", e.ID}, {"actor.kind", e.Actor.Kind}, {"actor.id", e.Actor.ID}, {"action", e.Action},
		{"organisation", e.Organisation}, {"account", e.Account}, {"object", e.Object},
	} {
		if !yield(t[0], t[1]) {
			return
		}
	}
	for k, v := range e.Data {
		if !yield("data", k) || !yield("data", v) {
			return
		}
	}
}
