package audit

import (
	"context"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/signoff-id/signoff/internal/fault"
)

// Proof shows that a record has the place Seq in the log of a checkpoint
// (RFC 6962 section 2.1.1).
type Proof struct {
	Seq    int64
	Record []byte // as Entry.Record gives it
	Hashes tlog.RecordProof
}

// Evidence is what a certificate carries of the log: a signed checkpoint and
// entries proven against it.
type Evidence struct {
	Origin     string
	Checkpoint []byte
	Proofs     []Proof // by Seq
}

// Evidence proves the entries with the given ids against the newest checkpoint,
// and checks each proof, so that a damaged log never gives evidence. It reads
// from r, which may be l.Reads or a transaction. Errors: audit_entry_unknown,
// audit_entry_pending (call Sequence first), audit_proof_wrong.
func (l *Log) Evidence(ctx context.Context, r Reader, ids []string) (Evidence, error) {
	entries, err := r.AuditByID(ctx, ids)
	if err != nil {
		return Evidence{}, err
	}
	for _, id := range ids {
		if !slices.ContainsFunc(entries, func(e Entry) bool { return e.ID == id }) {
			return Evidence{}, fault.New(fault.NotFound, "audit_entry_unknown", "entry", id)
		}
	}
	// Read after the entries: it is over at least those of them with a place.
	head, err := r.AuditHead(ctx)
	if err != nil {
		return Evidence{}, err
	}
	c, err := l.checkpoint(head.Size, head.Checkpoint)
	if err != nil {
		return Evidence{}, err
	}
	evidence := Evidence{Origin: l.Origin, Checkpoint: head.Checkpoint}
	t := newTree(ctx, r.AuditHashes)
	for _, e := range entries {
		if e.Seq < 0 {
			return Evidence{}, fault.New(fault.Conflict, "audit_entry_pending", "entry", e.ID)
		}
		p, err := prove(t, e, c.Size)
		if err != nil {
			return Evidence{}, err
		}
		if err := CheckProof(p, c); err != nil {
			return Evidence{}, err
		}
		evidence.Proofs = append(evidence.Proofs, p)
	}
	return evidence, nil
}

// Prove proves the entry at the place seq for the log as it was with size
// entries. A place that is not there, or a size beyond the head, is
// audit_entry_unknown.
func (l *Log) Prove(ctx context.Context, seq, size int64) (Proof, error) {
	unknown := fault.New(fault.NotFound, "audit_entry_unknown", "entry", seq)
	head, err := l.Reads.AuditHead(ctx)
	if err != nil {
		return Proof{}, err
	}
	if seq < 0 || seq >= size || size > head.Size {
		return Proof{}, unknown
	}
	entries, err := l.Reads.AuditEntries(ctx, seq, 1)
	if err != nil {
		return Proof{}, err
	}
	if len(entries) == 0 || entries[0].Seq != seq {
		return Proof{}, unknown
	}
	return prove(newTree(ctx, l.Reads.AuditHashes), entries[0], size)
}

func prove(t *tree, e Entry, size int64) (Proof, error) {
	text, err := e.Record()
	if err != nil {
		return Proof{}, err
	}
	hashes, err := tlog.ProveRecord(size, e.Seq, t)
	if err != nil {
		return Proof{}, err
	}
	return Proof{Seq: e.Seq, Record: text, Hashes: hashes}, nil
}

// CheckProof says whether p holds under c, which OpenCheckpoint gave; otherwise
// audit_proof_wrong.
func CheckProof(p Proof, c Checkpoint) error {
	if p.Seq < 0 || p.Seq >= c.Size {
		return fault.New(fault.Invalid, "audit_proof_wrong", "seq", p.Seq)
	}
	if err := tlog.CheckRecord(p.Hashes, c.Size, c.Root, p.Seq, tlog.RecordHash(p.Record)); err != nil {
		return fault.New(fault.Invalid, "audit_proof_wrong", "seq", p.Seq).Because(err)
	}
	return nil
}
