package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/workday"
)

// InsertPolicy keeps a version for ever.
func (t *Tx) InsertPolicy(ctx context.Context, p *policy.Policy, at time.Time) (bool, error) {
	n, err := t.exec(ctx, `INSERT INTO policies (digest, name, version, source, installed_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
		p.Digest, p.Name, p.Version, string(p.Source), micro(at))
	if err != nil || n > 0 {
		return n > 0, err
	}
	var digest string
	if err := t.tx.QueryRowContext(ctx, `SELECT digest FROM policies WHERE name = $1 AND version = $2`, p.Name, p.Version).Scan(&digest); err != nil {
		return false, err
	}
	if digest != p.Digest {
		return false, fault.New(fault.Conflict, "policy_version_exists", "policy", p.Name, "version", p.Version)
	}
	return false, nil
}

// PolicySource reads a version's text.
func (t *Tx) PolicySource(ctx context.Context, digest string) ([]byte, error) {
	return t.onePolicy(ctx, `SELECT source FROM policies WHERE digest = $1`, digest)
}

// PolicyDigest gives the newest version of a name.
func (t *Tx) PolicyDigest(ctx context.Context, name string) (string, error) {
	b, err := t.onePolicy(ctx, `SELECT digest FROM policies WHERE name = $1 ORDER BY version DESC LIMIT 1`, name)
	return string(b), err
}

func (t *Tx) onePolicy(ctx context.Context, query, arg string) ([]byte, error) {
	var s string
	err := t.tx.QueryRowContext(ctx, query, arg).Scan(&s)
	if errors.Is(err, sql.ErrNoRows) {
		err = fault.New(fault.NotFound, "policy_not_found")
	}
	return []byte(s), err
}

// PolicyDigests lists all versions, by name, the newest first.
func (t *Tx) PolicyDigests(ctx context.Context) ([]string, error) {
	return list(ctx, t.tx, text, `SELECT digest FROM policies ORDER BY name, version DESC`)
}

// PutCalendarYear keeps an uploaded year.
func (t *Tx) PutCalendarYear(ctx context.Context, y workday.Year, source []byte, at time.Time) (bool, error) {
	n, err := t.exec(ctx, `INSERT INTO calendars (country, year, source, uploaded_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (country, year) DO UPDATE SET source = excluded.source, uploaded_at = excluded.uploaded_at
		WHERE calendars.source <> excluded.source`, y.Country, y.Year, string(source), micro(at))
	return n > 0, err
}

// CalendarYears reads the uploaded years' texts.
func (t *Tx) CalendarYears(ctx context.Context) ([][]byte, error) {
	return list(ctx, t.tx, func(scan func(...any) error) ([]byte, error) {
		s, err := text(scan)
		return []byte(s), err
	}, `SELECT source FROM calendars ORDER BY country, year`)
}
