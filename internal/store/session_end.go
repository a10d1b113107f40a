package store

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/session"
)

// liveIDs chooses valid sessions; $2 is the instant, and what follows it stands
// in the condition. An update that waited for another one looks only at its own
// row again, not into this choice: each therefore asks by itself, too, whether
// the session still lives, or one end would count twice.
const liveIDs = `SELECT s.id FROM sessions AS s JOIN accounts AS a ON a.id = s.account_id WHERE ` + live

// EndSession ends one session.
func (t *Tx) EndSession(ctx context.Context, e session.Ending) (int, error) {
	n, err := t.exec(ctx, `UPDATE sessions SET ended_at = $2, end_cause = $3
		WHERE ended_at IS NULL AND id IN (`+liveIDs+` AND s.id = $1)`, e.Target, micro(e.At), string(e.Cause))
	return int(n), err
}

// EndAccount ends all sessions of an account, or those of one app or device, but
// one.
//
// Whatever ends them ends what is half done, too: a sign-in that waits for its
// second factor must not outlive it.
func (t *Tx) EndAccount(ctx context.Context, e session.Ending) (int, error) {
	if e.Scope != session.ADevice {
		if _, err := t.exec(ctx, `DELETE FROM sign_in_steps WHERE account_id = $1 AND ($2 = '' OR app = $2)`, e.Account, e.App); err != nil {
			return 0, err
		}
	}
	device := ""
	if e.Scope == session.ADevice {
		device = e.Target
	}
	n, err := t.exec(ctx, `UPDATE sessions SET ended_at = $2, end_cause = $3
		WHERE ended_at IS NULL AND id IN (`+liveIDs+` AND s.account_id = $1 AND s.id <> $4 AND ($5 = '' OR s.app = $5) AND ($6 = '' OR s.device_id = $6))`,
		e.Account, micro(e.At), string(e.Cause), e.Except, e.App, device)
	return int(n), err
}

// EndDepartment ends the sessions of a department's tree.
func (t *Tx) EndDepartment(ctx context.Context, e session.Ending) (int, error) {
	if _, err := t.exec(ctx, `DELETE FROM sign_in_steps WHERE account_id IN (SELECT x.account_id FROM members AS x JOIN departments AS d ON d.id = x.department_id
		WHERE x.organisation_id = $1 AND d.organisation_id = $1 AND substr(d.path, 1, length($2)) = $2)`, e.Organisation, e.Path); err != nil {
		return 0, err
	}
	n, err := t.exec(ctx, `UPDATE sessions SET ended_at = $2, end_cause = $4
		WHERE ended_at IS NULL AND id IN (`+liveIDs+` AND s.account_id IN (`+inTreeFor("$5")+`))`,
		e.Organisation, micro(e.At), e.Path, string(e.Cause), e.SpareOwners)
	return int(n), err
}

// inTreeFor chooses the members of a department's tree: $1 the organisation, $3
// the path of the department, and spare whether to leave its owners out.
func inTreeFor(spare string) string {
	return `SELECT x.account_id FROM members AS x JOIN departments AS d ON d.id = x.department_id
		WHERE x.organisation_id = $1 AND d.organisation_id = $1 AND substr(d.path, 1, length($3)) = $3
		AND NOT (` + spare + ` AND x.role IN ('creator', 'super_admin'))`
}

// AffectedBy gives the members of a department's tree with a valid session.
func (t *Tx) AffectedBy(ctx context.Context, e session.Ending) ([]string, error) {
	return list(ctx, t.tx, text, `SELECT DISTINCT s.account_id FROM sessions AS s JOIN accounts AS a ON a.id = s.account_id
		WHERE `+live+` AND s.account_id IN (`+inTreeFor("$4")+`) ORDER BY 1`, e.Organisation, micro(e.At), e.Path, e.SpareOwners)
}

// RaiseOrganisation raises the organisation's mark; it never sinks.
func (t *Tx) RaiseOrganisation(ctx context.Context, organisation string, at time.Time) error {
	_, err := t.exec(ctx, `UPDATE organisations SET sessions_not_before = $2 WHERE id = $1 AND sessions_not_before < $2`, organisation, micro(at))
	return err
}
