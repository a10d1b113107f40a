package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/signoff-id/signoff/internal/work"
)

// State reads what an app stored for a person.
func (t *Tx) State(ctx context.Context, account, app string, now time.Time) (work.State, error) {
	s := work.State{Account: account, App: app}
	var sealed []byte
	var updated, expires int64
	err := t.tx.QueryRowContext(ctx, `SELECT version, state, size, updated_at, expires_at FROM resume_states
		WHERE account_id = $1 AND app = $2 AND expires_at > $3`, account, app, micro(now)).Scan(&s.Version, &sealed, &s.Size, &updated, &expires)
	if errors.Is(err, sql.ErrNoRows) {
		return work.State{}, nil
	}
	if err != nil {
		return s, err
	}
	s.UpdatedAt, s.ExpiresAt = instant(updated), instant(expires)
	data, err := t.open(account, "resume_states.state", sealed)
	s.Data = []byte(data)
	return s, err
}

// States reads which apps stored something for a person.
func (t *Tx) States(ctx context.Context, account string, now time.Time, limit int) ([]work.State, error) {
	scan := func(scan func(...any) error) (work.State, error) {
		s := work.State{Account: account}
		var updated, expires int64
		err := scan(&s.App, &s.Version, &s.Size, &updated, &expires)
		s.UpdatedAt, s.ExpiresAt = instant(updated), instant(expires)
		return s, err
	}
	return list(ctx, t.tx, scan, `SELECT app, version, size, updated_at, expires_at FROM resume_states
		WHERE account_id = $1 AND expires_at > $2 ORDER BY updated_at DESC, app LIMIT $3`, account, micro(now), limit)
}

// PutState writes it over what was there.
func (t *Tx) PutState(ctx context.Context, s work.State) error {
	sealed, err := t.seal(s.Account, "resume_states.state", string(s.Data))
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO resume_states (account_id, app, version, state, size, updated_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (account_id, app) DO UPDATE SET version = excluded.version, state = excluded.state, size = excluded.size,
		updated_at = excluded.updated_at, expires_at = excluded.expires_at`,
		s.Account, s.App, s.Version, sealed, s.Size, micro(s.UpdatedAt), micro(s.ExpiresAt))
	return err
}

// DeleteState forgets it.
func (t *Tx) DeleteState(ctx context.Context, account, app string) error {
	_, err := t.exec(ctx, `DELETE FROM resume_states WHERE account_id = $1 AND app = $2`, account, app)
	return err
}
