package client

import (
	"context"
	"iter"
	"net/url"
	"strconv"
	"time"
)

// Actor is who did something.
type Actor struct {
	Kind string `json:"kind"` // member, admin, reviewer, operator or system
	ID   string `json:"id"`
}

// AuditEntry is one entry of the audit log.
type AuditEntry struct {
	Seq            int64             `json:"seq"` // the place in the log, from 0
	ID             string            `json:"id"`
	At             time.Time         `json:"at"`
	Actor          Actor             `json:"actor"`
	Action         string            `json:"action"`
	OrganisationID string            `json:"organisation_id"`
	AccountID      string            `json:"account_id"`
	Object         string            `json:"object"`
	Data           map[string]string `json:"data"`
}

// AuditEntries gives one page of the audit log in its order, from the entry
// with the number from on, where the page has no cursor; for operators and
// auditors.
func (c *Client) AuditEntries(ctx context.Context, from int64, p Page) (List[AuditEntry], error) {
	q := p.query()
	if from > 0 {
		q.Set("from", strconv.FormatInt(from, 10))
	}
	return list[AuditEntry](ctx, c, path("audit", "entries"), q)
}

// AllAuditEntries gives the audit log from the entry with the number from on,
// page by page.
func (c *Client) AllAuditEntries(ctx context.Context, from int64) iter.Seq2[AuditEntry, error] {
	return walk(ctx, func(ctx context.Context, p Page) (List[AuditEntry], error) { return c.AuditEntries(ctx, from, p) })
}

// AuditFilter chooses entries of the audit log. The zero filter chooses all.
type AuditFilter struct {
	Action         string // as "account.created"
	OrganisationID string
	AccountID      string    // to which it happened
	ActorID        string    // who did it
	Since, Until   time.Time // at Since or later, and before Until
	Newest         bool      // the newest first
}

// SearchAudit gives one page of the entries that a filter chooses, in the log's
// order or the newest first; for operators and auditors.
func (c *Client) SearchAudit(ctx context.Context, f AuditFilter, p Page) (List[AuditEntry], error) {
	q := p.query()
	for name, value := range map[string]string{"action": f.Action, "organisation_id": f.OrganisationID, "account_id": f.AccountID, "actor_id": f.ActorID} {
		if value != "" {
			q.Set(name, value)
		}
	}
	for name, at := range map[string]time.Time{"since": f.Since, "until": f.Until} {
		if !at.IsZero() {
			q.Set(name, at.Format(time.RFC3339Nano))
		}
	}
	if f.Newest {
		q.Set("newest", "true")
	}
	return list[AuditEntry](ctx, c, path("audit", "entries"), q)
}

// AuditCheckpoint gives the newest signed checkpoint, to be kept elsewhere; for
// operators and auditors. Codes: audit_log_empty.
func (c *Client) AuditCheckpoint(ctx context.Context) ([]byte, error) {
	return get[[]byte](ctx, c, path("audit", "checkpoint"), nil)
}

// AuditProof shows that a record has a place in the log of a checkpoint
// (RFC 6962, section 2.1.1).
type AuditProof struct {
	Seq        int64    `json:"seq"`
	Size       int64    `json:"size"`   // of the log that the proof is for
	Record     string   `json:"record"` // the entry as it is hashed
	Hashes     []string `json:"hashes"` // the audit path, in base64
	Checkpoint string   `json:"checkpoint"`
}

// AuditProof proves that an entry is in the log as it was with size entries, or
// as it is now where size is 0; for operators and auditors. Codes:
// audit_entry_unknown.
func (c *Client) AuditProof(ctx context.Context, seq, size int64) (AuditProof, error) {
	q := url.Values{"seq": {strconv.FormatInt(seq, 10)}}
	if size > 0 {
		q.Set("size", strconv.FormatInt(size, 10))
	}
	return get[AuditProof](ctx, c, path("audit", "proof"), q)
}

// AuditReport is what verifying the log found out.
type AuditReport struct {
	OK         bool   `json:"ok"`
	Size       int64  `json:"size"`
	Root       string `json:"root"`
	Compared   int64  `json:"compared"` // size of the older checkpoint
	Code       string `json:"code"`     // what is wrong
	Detail     string `json:"detail"`
	FirstWrong *int64 `json:"first_wrong"`
	LastWrong  *int64 `json:"last_wrong"`
}

// VerifyAudit computes the whole log again, and compares it with an older
// checkpoint where one is given; for operators and auditors. That the log was
// tampered with is an answer, not an error. Codes: audit_checkpoint_malformed,
// audit_checkpoint_foreign, audit_checkpoint_key_unknown,
// audit_checkpoint_forged.
func (c *Client) VerifyAudit(ctx context.Context, checkpoint []byte) (AuditReport, error) {
	in := struct {
		Checkpoint string `json:"checkpoint,omitempty"`
	}{string(checkpoint)}
	return post[AuditReport](ctx, c, path("audit", "verify"), in)
}
