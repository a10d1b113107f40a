package certificate

import (
	"errors"
	"strings"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/keys"
)

// What stands before every event of a closure, and of a dissolution, in
// the audit log.
const (
	closurePrefix     = "closure."
	dissolutionPrefix = "dissolution."
)

// prefix is what the certificate's own entries begin with.
func (c Certificate) prefix() string {
	if c.Kind == OfOrganisation {
		return dissolutionPrefix
	}
	return closurePrefix
}

// FromEvidence turns the audit log's evidence about a closure into what a
// certificate carries: the proofs, and the timeline that they prove.
func FromEvidence(e audit.Evidence) (AuditProof, []Step, error) {
	proof := AuditProof{Origin: e.Origin, Checkpoint: string(e.Checkpoint)}
	var timeline []Step
	for _, p := range e.Proofs {
		step, _, err := stepOf(p.Seq, p.Record, closurePrefix, dissolutionPrefix)
		if err != nil {
			return AuditProof{}, nil, err
		}
		timeline = append(timeline, step)
		proof.Entries = append(proof.Entries, AuditEntry{Seq: p.Seq, Record: p.Record, Proof: p.Hashes})
	}
	return proof, timeline, nil
}

// stepOf reads the step, and the closure it belongs to, from an audit record.
func stepOf(seq int64, record []byte, prefixes ...string) (Step, string, error) {
	e, err := audit.ParseRecord(record)
	if err != nil {
		return Step{}, "", err
	}
	for _, prefix := range prefixes {
		if event, ok := strings.CutPrefix(e.Action, prefix); ok {
			return Step{Event: event, At: e.At, Seq: seq}, e.Object, nil
		}
	}
	return Step{}, "", errors.New("certificate: not an entry of a closure")
}

// checkEvidence says whether the audit log proves the timeline: the checkpoint
// is signed by a key of jwks, each entry is in the log that it was signed over,
// and says what its step says.
func (c Certificate) checkEvidence(jwks []byte) error {
	verifiers, err := keys.NoteVerifiers(c.Audit.Origin, jwks)
	if err != nil {
		return unproven(c.firstSeq(), err)
	}
	checkpoint, err := audit.OpenCheckpoint([]byte(c.Audit.Checkpoint), c.Audit.Origin, verifiers)
	if err != nil {
		return unproven(c.firstSeq(), err)
	}
	for i, e := range c.Audit.Entries {
		if err := audit.CheckProof(audit.Proof{Seq: e.Seq, Record: e.Record, Hashes: e.Proof}, checkpoint); err != nil {
			return unproven(e.Seq, err)
		}
		step, closure, err := stepOf(e.Seq, e.Record, c.prefix())
		if err != nil || closure != c.Closure || step != c.Timeline[i] {
			return unproven(e.Seq, err)
		}
	}
	return nil
}

func (c Certificate) firstSeq() int64 { return c.Timeline[0].Seq }

// unproven: signed as it stands, but the audit log does not bear it out.
func unproven(seq int64, cause error) error {
	return fault.New(fault.Invalid, "certificate_unproven", "seq", seq).Because(cause)
}
