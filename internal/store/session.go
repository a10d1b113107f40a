package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/place"
	"github.com/signoff-id/signoff/internal/session"
)

// never is the idle time of a session that may go unseen for ever, in
// microseconds: more than any clock shows, and small enough to be added to one.
const never = 9_000_000_000_000_000

// InsertSession writes a new session, seen when it began.
func (t *Tx) InsertSession(ctx context.Context, s session.Session, tokenHash []byte) error {
	name, err := t.seal(s.Account, "sessions.device_name", s.Device.Name)
	if err != nil {
		return err
	}
	facts, err := t.sealMap(s.Account, "sessions.device_facts", deviceFacts(s))
	if err != nil {
		return err
	}
	active, idle, due := micro(s.CreatedAt), int64(never), micro(s.ExpiresAt)
	if s.IdleFor > 0 {
		idle = s.IdleFor.Microseconds()
		due = min(due, active+idle)
	}
	_, err = t.exec(ctx, `INSERT INTO sessions (id, token_hash, account_id, device_id, device_kind, device_name, device_facts, app,
		created_at, expires_at, active_at, idle_for, due_at, proved_at, proof_methods)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
		s.ID, tokenHash, s.Account, s.Device.ID, s.Device.Kind, name, facts, s.App,
		micro(s.CreatedAt), micro(s.ExpiresAt), active, idle, due, micro(s.Proof.At), strings.Join(s.Proof.Methods, " "))
	return err
}

// deviceFacts are what is known of a session's device beside its name; parts
// that nobody knows are left out.
func deviceFacts(s session.Session) map[string]string {
	all := map[string]string{}
	for name, value := range map[string]string{"system": s.Device.System, "client": s.Device.Client, "zh": s.Place.ZH, "en": s.Place.EN} {
		if value != "" {
			all[name] = value
		}
	}
	return all
}

// live is what makes a session valid, in one place: its own row, the account's
// mark and state, and the marks of organisations raised since the person
// joined. $2 is the instant.
const live = `s.ended_at IS NULL AND s.expires_at > $2 AND s.active_at + s.idle_for > $2
	AND ` + unmarked

// unmarked says that no mark has ended a session, and that its account lives.
const unmarked = `a.state = 'active' AND s.created_at > a.sessions_not_before
	AND NOT EXISTS (SELECT 1 FROM members AS m JOIN organisations AS o ON o.id = m.organisation_id
		WHERE m.account_id = s.account_id AND o.sessions_not_before >= m.joined_at AND o.sessions_not_before >= s.created_at)`

const sessionColumns = `s.id, s.account_id, s.device_id, s.device_kind, s.device_name, s.device_facts, s.app,
	s.created_at, s.expires_at, s.active_at, s.idle_for, s.ended_at, s.end_cause, s.proved_at, s.proof_methods`

// liveByToken is the hot path's one statement.
const liveByToken = `SELECT s.id, s.account_id, s.device_id, s.device_kind, s.app, s.created_at, s.expires_at, s.proved_at, s.proof_methods
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
	err = row.Scan(&s.ID, &s.Account, &s.Device.ID, &s.Device.Kind, &s.App, &created, &expires, &proved, &methods)
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
	var name, facts []byte
	var created, expires, active, idle, proved int64
	var ended sql.NullInt64
	var cause sql.NullString
	var methods string
	if err := scan(&s.ID, &s.Account, &s.Device.ID, &s.Device.Kind, &name, &facts, &s.App,
		&created, &expires, &active, &idle, &ended, &cause, &proved, &methods); err != nil {
		return s, err
	}
	s.CreatedAt, s.ExpiresAt, s.EndedAt, s.EndCause = instant(created), instant(expires), perhaps(ended), session.Cause(cause.String)
	s.ActiveAt, s.IdleFor, s.Proof = instant(active), idleTime(idle), proof(proved, methods)
	if s.Device.Name, err = t.open(s.Account, "sessions.device_name", name); err != nil {
		return s, err
	}
	known, err := t.openMap(s.Account, "sessions.device_facts", facts)
	s.Device.System, s.Device.Client, s.Place = known["system"], known["client"], place.Place{ZH: known["zh"], EN: known["en"]}
	return s, err
}

func idleTime(us int64) time.Duration {
	if us >= never {
		return 0
	}
	return time.Duration(us) * time.Microsecond
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

// LiveHeads reads the valid sessions of an account, the oldest first, and opens
// nothing that is sealed.
func (t *Tx) LiveHeads(ctx context.Context, account string, now time.Time) ([]session.Session, error) {
	return list(ctx, t.tx, scanHead, `SELECT s.id, s.account_id, s.device_id, s.device_kind, s.app, s.created_at, s.expires_at
		FROM sessions AS s JOIN accounts AS a ON a.id = s.account_id
		WHERE s.account_id = $1 AND `+live+` ORDER BY s.created_at, s.id`, account, micro(now))
}

func scanHead(scan func(...any) error) (s session.Session, err error) {
	var created, expires int64
	err = scan(&s.ID, &s.Account, &s.Device.ID, &s.Device.Kind, &s.App, &created, &expires)
	s.CreatedAt, s.ExpiresAt = instant(created), instant(expires)
	return s, err
}

// DeviceOwner reads whose a device is on which somebody is signed in.
func (t *Tx) DeviceOwner(ctx context.Context, device string) (account string, err error) {
	err = t.tx.QueryRowContext(ctx, `SELECT account_id FROM sessions WHERE device_id = $1 AND ended_at IS NULL LIMIT 1`, device).Scan(&account)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return account, err
}
