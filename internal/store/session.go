package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/session"
)

// InsertSession writes a new session.
func (t *Tx) InsertSession(ctx context.Context, s session.Session, tokenHash []byte) error {
	name, err := t.seal(s.Account, "sessions.device_name", s.Device.Name)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO sessions (id, token_hash, account_id, device_kind, device_name, app, created_at, expires_at, proved_at, proof_methods)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		s.ID, tokenHash, s.Account, s.Device.Kind, name, s.App, micro(s.CreatedAt), micro(s.ExpiresAt), micro(s.Proof.At), strings.Join(s.Proof.Methods, " "))
	return err
}

// live is what makes a session valid, in one place: its own row, the account's
// mark and state, and the marks of organisations raised since the person
// joined. $2 is the instant.
const live = `s.ended_at IS NULL AND s.expires_at > $2
	AND a.state = 'active' AND s.created_at > a.sessions_not_before
	AND NOT EXISTS (SELECT 1 FROM members AS m JOIN organisations AS o ON o.id = m.organisation_id
		WHERE m.account_id = s.account_id AND o.sessions_not_before >= m.joined_at AND o.sessions_not_before >= s.created_at)`

const sessionColumns = `s.id, s.account_id, s.device_kind, s.device_name, s.app, s.created_at, s.expires_at, s.ended_at, s.end_cause, s.proved_at, s.proof_methods`

// liveByToken is the hot path's one statement.
const liveByToken = `SELECT s.id, s.account_id, s.device_kind, s.app, s.created_at, s.expires_at, s.proved_at, s.proof_methods
	FROM sessions AS s JOIN accounts AS a ON a.id = s.account_id WHERE s.token_hash = $1 AND ` + live

// LiveSession is the hot path: one prepared statement, no transaction. The
// device's name stays sealed: a check has no use for it.
func (db *DB) LiveSession(ctx context.Context, tokenHash []byte, now time.Time) (session.Session, error) {
	row, err := db.check.row(ctx, db, liveByToken, tokenHash, micro(now))
	if err != nil {
		return session.Session{}, err
	}
	var s session.Session
	var created, expires, proved int64
	var methods string
	err = row.Scan(&s.ID, &s.Account, &s.Device.Kind, &s.App, &created, &expires, &proved, &methods)
	if errors.Is(err, sql.ErrNoRows) {
		return session.Session{}, session.ErrNotValid()
	}
	s.CreatedAt, s.ExpiresAt, s.Proof = instant(created), instant(expires), proof(proved, methods)
	return s, err
}

func proof(at int64, methods string) session.Proof {
	return session.Proof{At: instant(at), Methods: strings.Fields(methods)}
}

// SetProof implements session.SessionTx.
func (t *Tx) SetProof(ctx context.Context, id string, p session.Proof) error {
	_, err := t.exec(ctx, `UPDATE sessions SET proved_at = $2, proof_methods = $3 WHERE id = $1`, id, micro(p.At), strings.Join(p.Methods, " "))
	return err
}

func (t *Tx) scanSession(scan func(...any) error) (s session.Session, err error) {
	var name []byte
	var created, expires, proved int64
	var ended sql.NullInt64
	var cause sql.NullString
	var methods string
	if err := scan(&s.ID, &s.Account, &s.Device.Kind, &name, &s.App, &created, &expires, &ended, &cause, &proved, &methods); err != nil {
		return s, err
	}
	s.CreatedAt, s.ExpiresAt, s.EndedAt, s.EndCause = instant(created), instant(expires), perhaps(ended), session.Cause(cause.String)
	s.Proof = proof(proved, methods)
	s.Device.Name, err = t.open(s.Account, "sessions.device_name", name)
	return s, err
}

// LiveSessions reads the valid sessions of an account, the newest first.
func (t *Tx) LiveSessions(ctx context.Context, account string, now time.Time) ([]session.Session, error) {
	return list(ctx, t.tx, t.scanSession, `SELECT `+sessionColumns+` FROM sessions AS s JOIN accounts AS a ON a.id = s.account_id
		WHERE s.account_id = $1 AND `+live+` ORDER BY s.created_at DESC, s.id DESC`, account, micro(now))
}

// Session reads one, ended or not.
func (t *Tx) Session(ctx context.Context, id string) (session.Session, error) {
	s, err := t.scanSession(t.tx.QueryRowContext(ctx, `SELECT `+sessionColumns+` FROM sessions AS s WHERE s.id = $1`, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		err = session.ErrNoSession()
	}
	return s, err
}

// NewestMark reads the newest mark that holds for an account.
func (t *Tx) NewestMark(ctx context.Context, account string) (time.Time, error) {
	var own, organisations int64
	err := t.tx.QueryRowContext(ctx, `SELECT a.sessions_not_before, COALESCE((SELECT max(o.sessions_not_before)
		FROM members AS m JOIN organisations AS o ON o.id = m.organisation_id
		WHERE m.account_id = a.id AND o.sessions_not_before >= m.joined_at), 0)
		FROM accounts AS a WHERE a.id = $1`, account).Scan(&own, &organisations)
	return instant(max(own, organisations)), err
}
