package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/erasure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/queue"
)

const dissolutionColumns = `id, organisation_id, pseudonym, kind, state, version, successor_id, started_by, started_at,
	notice_published, notice_media, notice_reference, ends_at, objected_at, remaining, told_to, released, releasing_at,
	erasing_at, deadline_at, own_erased_at, own_items, ended_at, end_cause, certificate_id, wake_at`

// dissolutionValues gives the columns of dissolutionColumns in their order.
func dissolutionValues(d dissolution.Dissolution) ([]any, error) {
	var items any
	if d.OwnItems != nil {
		b, err := json.Marshal(d.OwnItems)
		if err != nil {
			return nil, err
		}
		items = string(b)
	}
	return []any{d.ID, d.Organisation, d.Pseudonym, string(d.Kind), string(d.State), d.Version, orNull(d.Successor), d.StartedBy, micro(d.StartedAt),
		orNull(d.Notice.Published), orNull(d.Notice.Media), orNull(d.Notice.Reference), maybe(d.EndsAt), maybe(d.ObjectedAt), d.Remaining.Microseconds(),
		orNull(d.ToldTo), d.Released, maybe(d.ReleasingAt), maybe(d.ErasingAt), maybe(d.DeadlineAt), maybe(d.OwnErasedAt), items,
		maybe(d.EndedAt), orNull(string(d.EndCause)), orNull(d.Certificate), maybe(d.WakeAt)}, nil
}

func scanDissolution(scan func(...any) error) (d dissolution.Dissolution, err error) {
	var successor, published, media, reference, told, items, cause, certificate sql.NullString
	var started, remaining int64
	var ends, objected, releasing, erasing, deadline, own, ended, wake sql.NullInt64
	err = scan(&d.ID, &d.Organisation, &d.Pseudonym, &d.Kind, &d.State, &d.Version, &successor, &d.StartedBy, &started,
		&published, &media, &reference, &ends, &objected, &remaining, &told, &d.Released, &releasing,
		&erasing, &deadline, &own, &items, &ended, &cause, &certificate, &wake)
	if err != nil {
		return d, err
	}
	d.Successor, d.ToldTo, d.EndCause, d.Certificate = successor.String, told.String, dissolution.Event(cause.String), certificate.String
	d.Notice = dissolution.Notice{Published: published.String, Media: media.String, Reference: reference.String}
	d.StartedAt, d.Remaining = instant(started), time.Duration(remaining)*time.Microsecond
	d.EndsAt, d.ObjectedAt, d.ReleasingAt, d.ErasingAt = perhaps(ends), perhaps(objected), perhaps(releasing), perhaps(erasing)
	d.DeadlineAt, d.OwnErasedAt, d.EndedAt, d.WakeAt = perhaps(deadline), perhaps(own), perhaps(ended), perhaps(wake)
	if items.Valid {
		err = json.Unmarshal([]byte(items.String), &d.OwnItems)
	}
	return d, err
}

// InsertDissolution writes a new one; an organisation has one open at most. The
// caller holds the organisation's lock.
func (t *Tx) InsertDissolution(ctx context.Context, d dissolution.Dissolution) error {
	v, err := dissolutionValues(d)
	if err != nil {
		return err
	}
	n, err := t.exec(ctx, `INSERT INTO dissolutions (`+dissolutionColumns+`) VALUES
		($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)
		ON CONFLICT (organisation_id) WHERE ended_at IS NULL DO NOTHING`, v...)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "dissolution_open")
	}
	return err
}

// SaveDissolution writes the next version, if nobody else has.
func (t *Tx) SaveDissolution(ctx context.Context, d dissolution.Dissolution) error {
	v, err := dissolutionValues(d)
	if err != nil {
		return err
	}
	n, err := t.exec(ctx, `UPDATE dissolutions SET pseudonym = $3, kind = $4, state = $5, version = $6 + 1, successor_id = $7, started_by = $8,
		started_at = $9, notice_published = $10, notice_media = $11, notice_reference = $12, ends_at = $13, objected_at = $14, remaining = $15,
		told_to = $16, released = $17, releasing_at = $18, erasing_at = $19, deadline_at = $20, own_erased_at = $21, own_items = $22,
		ended_at = $23, end_cause = $24, certificate_id = $25, wake_at = $26
		WHERE id = $1 AND organisation_id = $2 AND version = $6`, v...)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "dissolution_changed")
	}
	return err
}

// Dissolution reads one.
func (t *Tx) Dissolution(ctx context.Context, id string) (dissolution.Dissolution, error) {
	d, err := scanDissolution(t.tx.QueryRowContext(ctx, `SELECT `+dissolutionColumns+` FROM dissolutions WHERE id = $1`, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		err = dissolution.ErrNotFound()
	}
	return d, err
}

// Dissolutions reads those that a filter chooses, the newest first.
func (t *Tx) Dissolutions(ctx context.Context, f dissolution.Filter) ([]dissolution.Dissolution, error) {
	return list(ctx, t.tx, scanDissolution, `SELECT `+dissolutionColumns+` FROM dissolutions
		WHERE ($1 = '' OR state = $1) AND ($2 = '' OR organisation_id = $2) AND ($3 = '' OR notice_reference = $3)
		AND (NOT $4 OR ended_at IS NULL) AND ($5 = '' OR id < $5) ORDER BY id DESC LIMIT $6`,
		string(f.State), f.Organisation, f.Reference, f.Open, f.Before, f.Limit)
}

// AddDissolutionHappening adds a line to a timeline.
func (t *Tx) AddDissolutionHappening(ctx context.Context, id string, h closure.Happening) error {
	return t.addHappening(ctx, "dissolution", id, h)
}

// DissolutionHappenings reads a timeline.
func (t *Tx) DissolutionHappenings(ctx context.Context, id string) ([]closure.Happening, error) {
	return t.happenings(ctx, "dissolution", id)
}

// DueDissolutions leases those whose time to wake has come.
func (t *Tx) DueDissolutions(ctx context.Context, now, again time.Time, limit int) ([]string, error) {
	return t.due(ctx, "dissolution", now, again, limit)
}

// WakeDissolution adds the job that steps a dissolution.
func (t *Tx) WakeDissolution(ctx context.Context, id string) error {
	return t.db.Queue.Enqueue(ctx, t.tx, queue.DissolutionStep{Dissolution: id})
}

// DissolutionParts are the shares of dissolutions.
func (t *Tx) DissolutionParts() erasure.Tx {
	return partsOf{t: t, table: "dissolution_parts", id: "dissolution_id", wake: func(ctx context.Context, of, name string) error {
		return t.db.Queue.Enqueue(ctx, t.tx, queue.DissolutionPart{Dissolution: of, Holder: name})
	}}
}
