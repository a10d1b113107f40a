package store

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/closure"
)

// The rows that closures and dissolutions keep alike, each in tables of its own.

func (t *Tx) addHappening(ctx context.Context, end, id string, h closure.Happening) error {
	_, err := t.exec(ctx, `INSERT INTO `+end+`_events (`+end+`_id, audit_id, event, at) VALUES ($1, $2, $3, $4)`, id, h.AuditID, h.Event, micro(h.At))
	return err
}

func (t *Tx) happenings(ctx context.Context, end, id string) ([]closure.Happening, error) {
	return list(ctx, t.tx, func(scan func(...any) error) (h closure.Happening, err error) {
		var at int64
		err = scan(&h.AuditID, &h.Event, &at, &h.Seq)
		h.At = instant(at)
		return h, err
	}, `SELECT e.audit_id, e.event, e.at, COALESCE(l.seq, -1) FROM `+end+`_events AS e JOIN audit_entries AS l ON l.id = e.audit_id
		WHERE e.`+end+`_id = $1 ORDER BY e.at, e.audit_id`, id)
}

// due leases those whose time to wake has come. The time is asked for twice: an
// update that waited for a withdrawal looks only at its own row again, and must
// not give back a time to wake to what has ended. The "+ 0" keeps the second
// question from the index: PostgreSQL, which cannot know how many are due, would
// choose all of them by it and ask the sub-select again for each.
func (t *Tx) due(ctx context.Context, end string, now, again time.Time, limit int) ([]string, error) {
	return list(ctx, t.tx, text, `UPDATE `+end+`s SET wake_at = $2 WHERE wake_at + 0 <= $1 AND id IN
		(SELECT id FROM `+end+`s WHERE wake_at IS NOT NULL AND wake_at <= $1 ORDER BY wake_at LIMIT $3) RETURNING id`,
		micro(now), micro(again), limit)
}
