package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/fault"
)

// What people write and send for a dissolution is sealed under its id.

// InsertEvidence writes an attestation with its file.
func (t *Tx) InsertEvidence(ctx context.Context, a dissolution.Attestation, content []byte) error {
	reference, err := t.seal(a.Dissolution, "dissolution_evidence.reference", a.Reference)
	if err != nil {
		return err
	}
	name, err := t.seal(a.Dissolution, "dissolution_evidence.file_name", a.FileName)
	if err != nil {
		return err
	}
	sealed, err := t.seal(a.Dissolution, "dissolution_evidence.content", string(content))
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO dissolution_evidence (id, dissolution_id, kind, reference, file_name, media_type, size, sha256, content, attested_by, attested_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, a.ID, a.Dissolution, a.Kind, reference, name, a.MediaType, a.Size, a.SHA256, sealed, a.AttestedBy, micro(a.AttestedAt))
	return err
}

const evidenceColumns = `id, dissolution_id, kind, reference, file_name, media_type, size, sha256, attested_by, attested_at, decided_by, decided_at, accepted, reason`

func (t *Tx) scanEvidence(scan func(...any) error, more ...any) (a dissolution.Attestation, err error) {
	var reference, name, reason []byte
	var at int64
	var by sql.NullString
	var decided sql.NullInt64
	if err := scan(append([]any{&a.ID, &a.Dissolution, &a.Kind, &reference, &name, &a.MediaType, &a.Size, &a.SHA256, &a.AttestedBy, &at,
		&by, &decided, &a.Accepted, &reason}, more...)...); err != nil {
		return a, err
	}
	a.AttestedAt, a.DecidedBy, a.DecidedAt = instant(at), by.String, perhaps(decided)
	if a.Reference, err = t.open(a.Dissolution, "dissolution_evidence.reference", reference); err != nil {
		return a, err
	}
	if a.FileName, err = t.open(a.Dissolution, "dissolution_evidence.file_name", name); err != nil {
		return a, err
	}
	a.Reason, err = t.open(a.Dissolution, "dissolution_evidence.reason", reason)
	return a, err
}

// Evidence reads a dissolution's attestations, without their files.
func (t *Tx) Evidence(ctx context.Context, id string) ([]dissolution.Attestation, error) {
	return list(ctx, t.tx, func(scan func(...any) error) (dissolution.Attestation, error) { return t.scanEvidence(scan) },
		`SELECT `+evidenceColumns+` FROM dissolution_evidence WHERE dissolution_id = $1 ORDER BY id`, id)
}

// EvidenceFile reads one with its file.
func (t *Tx) EvidenceFile(ctx context.Context, id, attestation string) (dissolution.Attestation, []byte, error) {
	var sealed []byte
	a, err := t.scanEvidence(t.tx.QueryRowContext(ctx, `SELECT `+evidenceColumns+`, content FROM dissolution_evidence
		WHERE dissolution_id = $1 AND id = $2 AND content IS NOT NULL`, id, attestation).Scan, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return a, nil, fault.New(fault.NotFound, "attestation_not_found")
	}
	if err != nil {
		return a, nil, err
	}
	content, err := t.open(id, "dissolution_evidence.content", sealed)
	return a, []byte(content), err
}

// DecideEvidence writes a review.
func (t *Tx) DecideEvidence(ctx context.Context, a dissolution.Attestation) (bool, error) {
	reason, err := t.seal(a.Dissolution, "dissolution_evidence.reason", a.Reason)
	if err != nil {
		return false, err
	}
	n, err := t.exec(ctx, `UPDATE dissolution_evidence SET decided_by = $3, decided_at = $4, accepted = $5, reason = $6
		WHERE dissolution_id = $1 AND id = $2 AND decided_at IS NULL`, a.Dissolution, a.ID, a.DecidedBy, micro(a.DecidedAt), a.Accepted, reason)
	return n > 0, err
}

// InsertObjection writes a new one.
func (t *Tx) InsertObjection(ctx context.Context, o dissolution.Objection) error {
	var sealed [3]any
	for i, f := range [3][2]string{{"name", o.Name}, {"contact", o.Contact}, {"words", o.Words}} {
		var err error
		if sealed[i], err = t.seal(o.Dissolution, "dissolution_objections."+f[0], f[1]); err != nil {
			return err
		}
	}
	_, err := t.exec(ctx, `INSERT INTO dissolution_objections (id, dissolution_id, name, contact, words, recorded_by, raised_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, o.ID, o.Dissolution, sealed[0], sealed[1], sealed[2], orNull(o.RecordedBy), micro(o.RaisedAt))
	return err
}

// Objections reads a dissolution's, the oldest first.
func (t *Tx) Objections(ctx context.Context, id string) ([]dissolution.Objection, error) {
	return list(ctx, t.tx, func(scan func(...any) error) (o dissolution.Objection, err error) {
		var sealed [4][]byte
		var recorded, outcome, by sql.NullString
		var raised int64
		var hearing, decided sql.NullInt64
		if err := scan(&o.ID, &sealed[0], &sealed[1], &sealed[2], &recorded, &raised, &hearing, &outcome, &sealed[3], &by, &decided); err != nil {
			return o, err
		}
		o.Dissolution, o.RecordedBy, o.Outcome, o.DecidedBy = id, recorded.String, dissolution.Outcome(outcome.String), by.String
		o.RaisedAt, o.HearingAt, o.DecidedAt = instant(raised), perhaps(hearing), perhaps(decided)
		for i, into := range []*string{&o.Name, &o.Contact, &o.Words, &o.Reason} {
			if *into, err = t.open(id, "dissolution_objections."+[]string{"name", "contact", "words", "reason"}[i], sealed[i]); err != nil {
				return o, err
			}
		}
		return o, nil
	}, `SELECT id, name, contact, words, recorded_by, raised_at, hearing_at, outcome, reason, decided_by, decided_at
		FROM dissolution_objections WHERE dissolution_id = $1 ORDER BY id`, id)
}

// SaveObjection writes the hearing and the outcome.
func (t *Tx) SaveObjection(ctx context.Context, o dissolution.Objection) error {
	reason, err := t.seal(o.Dissolution, "dissolution_objections.reason", o.Reason)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `UPDATE dissolution_objections SET hearing_at = $3, outcome = $4, reason = $5, decided_by = $6, decided_at = $7
		WHERE dissolution_id = $1 AND id = $2`, o.Dissolution, o.ID, maybe(o.HearingAt), orNull(string(o.Outcome)), reason, orNull(o.DecidedBy), maybe(o.DecidedAt))
	return err
}

// ForgetPapers empties what people wrote and sent. Hashes, times and outcomes
// stay: they are in the audit log, too.
func (t *Tx) ForgetPapers(ctx context.Context, id string) error {
	if _, err := t.exec(ctx, `UPDATE dissolution_evidence SET reference = NULL, file_name = NULL, content = NULL, reason = NULL WHERE dissolution_id = $1`, id); err != nil {
		return err
	}
	_, err := t.exec(ctx, `UPDATE dissolution_objections SET name = NULL, contact = NULL, words = NULL, reason = NULL WHERE dissolution_id = $1`, id)
	return err
}
