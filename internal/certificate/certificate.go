// Package certificate is the signed proof of an end, of an account (注销凭证) or of
// an organisation. It says who, as a pseudonym, under which policy, when each
// step happened, what each data holder erased, and what is kept, until when and
// why. A file of its own, it can be verified offline with nothing but the
// issuer's public keys, and any change of any byte is found.
package certificate

import (
	"encoding/json"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// Format is the format that this package writes and reads.
const Format = "signoff-certificate/1"

// What may have been done with an item.
const (
	ActionDelete       = "delete"       // rows or files are gone
	ActionBlank        = "blank"        // personal columns were emptied
	ActionPseudonymise = "pseudonymise" // personal columns hold a pseudonym
	ActionReassign     = "reassign"     // handed over to a successor
	ActionKeep         = "keep"         // kept on a named legal basis
)

// Certificate says what was done. All times are UTC, to the microsecond.
type Certificate struct {
	Format           string       `json:"format"`
	Kind             string       `json:"kind,omitempty"` // OfOrganisation, or empty: of an account
	ID               string       `json:"id"`             // the certificate's own number
	Closure          string       `json:"closure"`        // the closure's or dissolution's id: the object of its audit entries
	Issuer           string       `json:"issuer"`         // the installation's public name
	Subject          string       `json:"subject"`        // the person, as a pseudonym
	Policy           PolicyRef    `json:"policy"`
	Notice           *Notice      `json:"notice,omitempty"` // of a dissolution
	RequestedAt      time.Time    `json:"requested_at"`
	ErasureStartedAt time.Time    `json:"erasure_started_at"`
	IssuedAt         time.Time    `json:"issued_at"`
	Timeline         []Step       `json:"timeline"`          // by Seq
	Holders          []HolderPart `json:"holders,omitempty"` // in the order of the configuration
	Own              []Item       `json:"own,omitempty"`     // of the account's rows in Signoff itself
	Identifiers      Identifiers  `json:"identifiers"`
	Audit            AuditProof   `json:"audit"`
}

// OfOrganisation is the kind of a certificate about an organisation.
const OfOrganisation = "organisation"

// Notice is the public notice of a dissolution.
type Notice struct {
	Kind        string    `json:"kind"`         // "general" or "simple"
	PublishedOn string    `json:"published_on"` // as 2006-01-02
	Media       string    `json:"media"`
	Reference   string    `json:"reference"`
	EndedAt     time.Time `json:"ended_at"` // later than its days by as long as objections stopped it
}

// PolicyRef names the version of the closure policy that applied.
type PolicyRef struct {
	Name    string            `json:"name"`
	Version int               `json:"version"`
	Digest  string            `json:"digest"`          // of the policy's file
	Title   map[string]string `json:"title,omitempty"` // by language
}

// Step is something that happened to the closure; the audit entry with the same
// Seq proves it.
type Step struct {
	Event string    `json:"event"` // the entry's action without "closure."
	At    time.Time `json:"at"`
	Seq   int64     `json:"seq"`
}

// HolderPart is what one data holder did.
type HolderPart struct {
	Name       string            `json:"name"`
	Kind       string            `json:"kind"` // "sqldb", "blob", …
	Title      map[string]string `json:"title,omitempty"`
	ErasedAt   time.Time         `json:"erased_at"`
	VerifiedAt time.Time         `json:"verified_at"` // when the search for leftovers found none
	Items      []Item            `json:"items,omitempty"`
	None       bool              `json:"none,omitempty"` // it keeps nothing for organisations, and was not asked
}

// Item is one kind of data: a table, a folder.
type Item struct {
	Name      string            `json:"name"`
	Action    string            `json:"action"`
	Count     int64             `json:"count"`                // rows or files
	Bytes     int64             `json:"bytes,omitempty"`      // 0 where nobody counted
	Until     *time.Time        `json:"until,omitempty"`      // kept until; nil: no end set
	Basis     string            `json:"basis,omitempty"`      // why it is kept: the code of a legal basis
	BasisText map[string]string `json:"basis_text,omitempty"` // the same in words, by language
}

// Identifiers says what becomes of the mobile number, e-mail address and user
// name: they can be registered again, by anybody, from ReuseAfter on, or never,
// or, with neither, at once.
type Identifiers struct {
	Count      int        `json:"count"`
	ReuseAfter *time.Time `json:"reuse_after,omitempty"`
	Never      bool       `json:"never,omitempty"`
}

// AuditProof proves the closure's entries in the audit log.
type AuditProof struct {
	Origin     string       `json:"origin"`
	Checkpoint string       `json:"checkpoint"` // signed, as audit.OpenCheckpoint reads it
	Entries    []AuditEntry `json:"entries"`    // by Seq, one for each step
}

// AuditEntry is one entry with its proof of inclusion.
type AuditEntry struct {
	Seq    int64            `json:"seq"`
	Record json.RawMessage  `json:"record"` // as audit.Entry.Record gives it
	Proof  tlog.RecordProof `json:"proof,omitempty"`
}
