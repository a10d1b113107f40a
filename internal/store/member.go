package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/signoff-id/signoff/internal/org"
)

// PutMember adds a member or changes its place. Somebody who is in already
// keeps the day of joining: marks raised since then still hold.
func (t *Tx) PutMember(ctx context.Context, m org.Member) error {
	_, err := t.exec(ctx, `INSERT INTO members (organisation_id, account_id, department_id, role, joined_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (organisation_id, account_id) DO UPDATE SET department_id = excluded.department_id, role = excluded.role`,
		m.Organisation, m.Account, orNull(m.Department), m.Role, micro(m.JoinedAt))
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx, `DELETE FROM offices WHERE organisation_id = $1 AND account_id = $2`, m.Organisation, m.Account); err != nil {
		return err
	}
	for _, office := range m.Offices {
		if _, err := t.exec(ctx, `INSERT INTO offices (organisation_id, account_id, office) VALUES ($1, $2, $3)
			ON CONFLICT (organisation_id, account_id, office) DO NOTHING`, m.Organisation, m.Account, office); err != nil {
			return err
		}
	}
	return nil
}

// DeleteMember takes a member out and moves the organisation's mark, where it
// ended sessions of the account, to the account.
func (t *Tx) DeleteMember(ctx context.Context, organisation, account string) (bool, error) {
	_, err := t.exec(ctx, `UPDATE accounts SET sessions_not_before = o.sessions_not_before
		FROM organisations AS o, members AS m
		WHERE accounts.id = $2 AND o.id = $1 AND m.organisation_id = o.id AND m.account_id = accounts.id
		AND o.sessions_not_before >= m.joined_at AND o.sessions_not_before > accounts.sessions_not_before`, organisation, account)
	if err != nil {
		return false, err
	}
	if _, err := t.exec(ctx, `DELETE FROM offices WHERE organisation_id = $1 AND account_id = $2`, organisation, account); err != nil {
		return false, err
	}
	if _, err := t.exec(ctx, `DELETE FROM directory_keys WHERE organisation_id = $1 AND account_id = $2`, organisation, account); err != nil {
		return false, err
	}
	if _, err := t.exec(ctx, `DELETE FROM presence WHERE organisation_id = $1 AND account_id = $2`, organisation, account); err != nil {
		return false, err
	}
	n, err := t.exec(ctx, `DELETE FROM members WHERE organisation_id = $1 AND account_id = $2`, organisation, account)
	return n > 0, err
}

func scanMember(scan func(...any) error) (m org.Member, err error) {
	var department sql.NullString
	var at int64
	err = scan(&m.Organisation, &m.Account, &department, &m.Role, &at)
	m.Department, m.JoinedAt = department.String, instant(at)
	return m, err
}

const memberColumns = `organisation_id, account_id, department_id, role, joined_at`

// Member reads one, or the zero one.
func (t *Tx) Member(ctx context.Context, organisation, account string) (org.Member, error) {
	m, err := scanMember(t.tx.QueryRowContext(ctx,
		`SELECT `+memberColumns+` FROM members WHERE organisation_id = $1 AND account_id = $2`, organisation, account).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return org.Member{}, nil
	}
	if err != nil {
		return m, err
	}
	m.Offices, err = t.offices(ctx, organisation, account)
	return m, err
}

// Members reads an organisation's members in the order of their ids.
func (t *Tx) Members(ctx context.Context, organisation, after string, limit int) ([]org.Member, error) {
	return t.withOffices(ctx, `SELECT `+memberColumns+` FROM members
		WHERE organisation_id = $1 AND account_id > $2 ORDER BY account_id LIMIT $3`, organisation, after, limit)
}

// CountMembers counts an organisation's members, up to most.
func (t *Tx) CountMembers(ctx context.Context, organisation string, most int) (n int, err error) {
	err = t.tx.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT account_id FROM members WHERE organisation_id = $1 LIMIT $2) AS those`,
		organisation, most).Scan(&n)
	return n, err
}

// Memberships reads the places that an account has.
func (t *Tx) Memberships(ctx context.Context, account string) ([]org.Member, error) {
	return t.withOffices(ctx, `SELECT `+memberColumns+` FROM members WHERE account_id = $1 ORDER BY organisation_id`, account)
}

func (t *Tx) withOffices(ctx context.Context, query string, args ...any) ([]org.Member, error) {
	all, err := list(ctx, t.tx, scanMember, query, args...)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Offices, err = t.offices(ctx, all[i].Organisation, all[i].Account); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func (t *Tx) offices(ctx context.Context, organisation, account string) ([]string, error) {
	return list(ctx, t.tx, text, `SELECT office FROM offices WHERE organisation_id = $1 AND account_id = $2 ORDER BY office`, organisation, account)
}
