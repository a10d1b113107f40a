package store

import (
	"context"

	"github.com/signoff-id/signoff/internal/holder"
)

// ownOfOrganisation lists the tables that hold rows about an organisation,
// children first, as the certificate names them. A table that is forgotten here
// keeps them for ever.
var ownOfOrganisation = []struct{ name, statement string }{
	{"session_graces", `DELETE FROM session_graces WHERE organisation = $1`},
	{"sign_out_orders", `DELETE FROM sign_out_orders WHERE organisation_id = $1`},
	{"presence", `DELETE FROM presence WHERE organisation_id = $1`},
	{"directory_keys", `DELETE FROM directory_keys WHERE organisation_id = $1`},
	{"attestations", `DELETE FROM attestations WHERE organisation_id = $1`},
	{"todos", `DELETE FROM todos WHERE organisation_id = $1`},
	{"role_transfers", `DELETE FROM role_transfers WHERE organisation_id = $1`},
	{"offices", `DELETE FROM offices WHERE organisation_id = $1`},
	{"memberships", `DELETE FROM members WHERE organisation_id = $1`},
	{"departments", `DELETE FROM departments WHERE organisation_id = $1`},
	{"tallied_closures", `DELETE FROM tallied_closures WHERE organisation_id = $1`},
	{"tallies", `DELETE FROM tallies WHERE organisation_id = $1`},
}

// EraseOrganisation deletes everything about an organisation but its id and its
// dissolutions, which lose their papers.
func (t *Tx) EraseOrganisation(ctx context.Context, organisation, id string) ([]holder.Item, error) {
	items := []holder.Item{}
	// Whoever counts now either is done before, or finds that it ends.
	if _, err := t.LockTallies(ctx); err != nil {
		return nil, err
	}
	for _, table := range ownOfOrganisation {
		// Departments refer to their parents, in whatever order they go.
		if table.name == "departments" {
			if _, err := t.exec(ctx, `UPDATE departments SET parent_id = NULL WHERE organisation_id = $1`, organisation); err != nil {
				return nil, err
			}
		}
		n, err := t.exec(ctx, table.statement, organisation)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			items = append(items, holder.Item{Name: table.name, Action: holder.Delete, Count: n})
		}
	}
	var files int64
	err := t.tx.QueryRowContext(ctx, `SELECT count(*) FROM dissolution_evidence WHERE dissolution_id = $1 AND content IS NOT NULL`, id).Scan(&files)
	if err != nil {
		return nil, err
	}
	if files > 0 {
		items = append(items, holder.Item{Name: "evidence_files", Action: holder.Delete, Count: files})
	}
	if err := t.ForgetPapers(ctx, id); err != nil {
		return nil, err
	}
	n, err := t.exec(ctx, `UPDATE organisations SET name = '', certification = 'none' WHERE id = $1`, organisation)
	return append(items, holder.Item{Name: "organisation", Action: holder.Blank, Count: n}), err
}
