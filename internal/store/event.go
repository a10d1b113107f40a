package store

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/signal"
)

// PublishEvent stores an event.
func (t *Tx) PublishEvent(ctx context.Context, e signal.Event) error {
	_, err := t.exec(ctx, `INSERT INTO events (id, kind, at, scope, account, organisation, object, app, cause, initiator)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		e.ID, string(e.Kind), micro(e.At), e.Scope, e.Account, e.Organisation, e.Object, e.App, e.Cause, e.Initiator)
	return err
}

// EventsSince reads events, the oldest first.
func (t *Tx) EventsSince(ctx context.Context, at time.Time, limit int) ([]signal.Event, error) {
	return list(ctx, t.tx, scanEvent, `SELECT id, kind, at, scope, account, organisation, object, app, cause, initiator FROM events
		WHERE at >= $1 ORDER BY at, id LIMIT $2`, micro(at), limit)
}

func scanEvent(scan func(...any) error) (e signal.Event, err error) {
	var at int64
	err = scan(&e.ID, &e.Kind, &at, &e.Scope, &e.Account, &e.Organisation, &e.Object, &e.App, &e.Cause, &e.Initiator)
	e.At = instant(at)
	return e, err
}

// ForgetEvents deletes old events.
func (t *Tx) ForgetEvents(ctx context.Context, before time.Time) error {
	_, err := t.exec(ctx, `DELETE FROM events WHERE at < $1`, micro(before))
	return err
}
