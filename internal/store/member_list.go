package store

import (
	"context"
	"strings"

	"github.com/signoff-id/signoff/internal/org"
)

// MembersWhere reads members in the order of their ids, so that a page costs the
// same among a million: who is rare is reached by an index of the rare ones, and a
// department's tree by the first few of each of its departments.
func (t *Tx) MembersWhere(ctx context.Context, organisation string, f org.Filter, after string, limit int) ([]org.Member, error) {
	args := []any{organisation, after, limit, f.Path, f.Role}
	switch {
	case f.State == org.AtRest:
		return t.withOffices(ctx, `SELECT `+memberOfM+` FROM accounts AS a CROSS JOIN members AS m
			WHERE a.state IN ('paused', 'erasing') AND a.id > $2 AND m.organisation_id = $1 AND m.account_id = a.id
			AND ($5 = '' OR m.role = $5)`+inTree("m", f)+` ORDER BY a.id LIMIT $3`, args...)
	case f.Role != "" && f.Role != org.Ordinary:
		return t.withOffices(ctx, `SELECT `+memberOfM+` FROM members AS m
			WHERE m.organisation_id = $1 AND m.account_id > $2 AND m.role <> 'member' AND m.role = $5`+
			inTree("m", f)+inUse("m", f)+` ORDER BY m.account_id LIMIT $3`, args...)
	case f.Path != "":
		return t.withOffices(ctx, treePage(f), args...)
	default:
		return t.withOffices(ctx, `SELECT `+memberOfM+` FROM members AS m
			WHERE m.organisation_id = $1 AND m.account_id > $2 AND $4 = '' AND ($5 = '' OR m.role = $5)`+inUse("m", f)+`
			ORDER BY m.account_id LIMIT $3`, args...)
	}
}

// treePage goes through the departments of a tree and takes no more of each than a
// page has. CROSS JOIN keeps SQLite to that order.
func treePage(f org.Filter) string {
	const those = `x.department_id = d.id AND x.account_id > $2 AND ($5 = '' OR x.role = $5)`
	return `SELECT ` + memberOfM + ` FROM departments AS d CROSS JOIN members AS m
		WHERE d.organisation_id = $1 AND substr(d.path, 1, length($4)) = $4 AND m.department_id = d.id AND m.account_id > $2
		AND m.account_id <= COALESCE(
			(SELECT x.account_id FROM members AS x WHERE ` + those + inUse("x", f) + ` ORDER BY x.account_id LIMIT 1 OFFSET $3),
			(SELECT max(y.account_id) FROM members AS y WHERE y.department_id = d.id))
		AND ($5 = '' OR m.role = $5)` + inUse("m", f) + ` ORDER BY m.account_id LIMIT $3`
}

// memberOfM are the columns of members where they are called m.
var memberOfM = `m.` + strings.ReplaceAll(memberColumns, `, `, `, m.`)

// inTree lets through who is in the department whose path is $4, or below it.
func inTree(table string, f org.Filter) string {
	if f.Path == "" {
		return ` AND $4 = ''`
	}
	return ` AND EXISTS (SELECT 1 FROM departments AS d WHERE d.id = ` + table + `.department_id AND substr(d.path, 1, length($4)) = $4)`
}

// inUse lets through whose accounts are in use, where the filter wants that.
func inUse(table string, f org.Filter) string {
	if f.State != org.InUse {
		return ``
	}
	return ` AND EXISTS (SELECT 1 FROM accounts AS u WHERE u.id = ` + table + `.account_id AND u.state = 'active')`
}

// NamedMembers reads members with their names.
func (t *Tx) NamedMembers(ctx context.Context, organisation, after string, limit int) ([]org.Named, error) {
	return list(ctx, t.tx, func(scan func(...any) error) (n org.Named, err error) {
		var sealed []byte
		n.Member, err = scanMember(func(into ...any) error { return scan(append(into, &sealed)...) })
		if err != nil {
			return n, err
		}
		n.Name, err = t.open(n.Account, "accounts.name", sealed)
		return n, err
	}, `SELECT `+memberOfM+`, a.name FROM members AS m JOIN accounts AS a ON a.id = m.account_id
		WHERE m.organisation_id = $1 AND m.account_id > $2 ORDER BY m.account_id LIMIT $3`, organisation, after, limit)
}
