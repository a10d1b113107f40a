package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/org"
)

// InsertOrganisation writes a new organisation.
func (t *Tx) InsertOrganisation(ctx context.Context, o org.Organisation) error {
	_, err := t.exec(ctx, `INSERT INTO organisations (id, name, certification, state, created_at) VALUES ($1, $2, $3, $4, $5)`,
		o.ID, o.Name, o.Certification, string(o.State), micro(o.CreatedAt))
	return err
}

func scanOrganisation(scan func(...any) error) (o org.Organisation, err error) {
	var mark, created int64
	err = scan(&o.ID, &o.Name, &o.Certification, &o.State, &mark, &created)
	o.SessionsNotBefore, o.CreatedAt = instant(mark), instant(created)
	return o, err
}

const organisationColumns = `id, name, certification, state, sessions_not_before, created_at`

// Organisation reads one.
func (t *Tx) Organisation(ctx context.Context, id string) (org.Organisation, error) {
	o, err := scanOrganisation(t.tx.QueryRowContext(ctx, `SELECT `+organisationColumns+` FROM organisations WHERE id = $1`, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		err = org.ErrNoOrganisation()
	}
	return o, err
}

// LockOrganisation makes every other transaction that changes who may administer
// the organisation wait, as LockAccount does for an account.
func (t *Tx) LockOrganisation(ctx context.Context, id string) error {
	n, err := t.exec(ctx, `UPDATE organisations SET certification = certification WHERE id = $1`, id)
	if err == nil && n == 0 {
		err = org.ErrNoOrganisation()
	}
	return err
}

// OtherOwners counts the active creators and super admins but one account.
func (t *Tx) OtherOwners(ctx context.Context, organisation, account string) (n int, err error) {
	err = t.tx.QueryRowContext(ctx, `SELECT count(*) FROM members AS m JOIN accounts AS a ON a.id = m.account_id
		WHERE m.organisation_id = $1 AND m.account_id <> $2 AND m.role IN ('creator', 'super_admin') AND a.state = 'active'`, organisation, account).Scan(&n)
	return n, err
}

// Organisations reads them in the order of their ids.
func (t *Tx) Organisations(ctx context.Context, after string, limit int) ([]org.Organisation, error) {
	return list(ctx, t.tx, scanOrganisation,
		`SELECT `+organisationColumns+` FROM organisations WHERE id > $1 ORDER BY id LIMIT $2`, after, limit)
}

// SetCertification records how far an enterprise certification is. Members'
// closures depend on it: their rows are locked, in the order of their ids.
func (t *Tx) SetCertification(ctx context.Context, id, state string) (bool, error) {
	members, err := list(ctx, t.tx, text, `SELECT account_id FROM members WHERE organisation_id = $1 ORDER BY account_id`, id)
	if err != nil {
		return false, err
	}
	for _, account := range members {
		if err := t.LockAccount(ctx, account); err != nil {
			return false, err
		}
	}
	n, err := t.exec(ctx, `UPDATE organisations SET certification = $2 WHERE id = $1`, id, state)
	return n > 0, err
}

// InsertDepartment writes a new department.
func (t *Tx) InsertDepartment(ctx context.Context, d org.Department) error {
	_, err := t.exec(ctx, `INSERT INTO departments (id, organisation_id, parent_id, path, name, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		d.ID, d.Organisation, orNull(d.Parent), d.Path, d.Name, micro(d.CreatedAt))
	return err
}

func scanDepartment(scan func(...any) error) (d org.Department, err error) {
	var parent sql.NullString
	var at int64
	err = scan(&d.ID, &d.Organisation, &parent, &d.Path, &d.Name, &at)
	d.Parent, d.CreatedAt = parent.String, instant(at)
	return d, err
}

const departmentColumns = `id, organisation_id, parent_id, path, name, created_at`

// Department reads one of an organisation.
func (t *Tx) Department(ctx context.Context, organisation, id string) (org.Department, error) {
	d, err := scanDepartment(t.tx.QueryRowContext(ctx,
		`SELECT `+departmentColumns+` FROM departments WHERE organisation_id = $1 AND id = $2`, organisation, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		err = fault.New(fault.NotFound, "department_not_found")
	}
	return d, err
}

// Departments reads an organisation's tree, parents before children.
func (t *Tx) Departments(ctx context.Context, organisation string) ([]org.Department, error) {
	return list(ctx, t.tx, scanDepartment, `SELECT `+departmentColumns+` FROM departments WHERE organisation_id = $1 ORDER BY path`, organisation)
}
