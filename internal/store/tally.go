package store

import (
	"context"
	"slices"

	"github.com/signoff-id/signoff/internal/report"
)

// TalliesBehind implements report.TallyTx.
func (t *Tx) TalliesBehind(ctx context.Context) (behind bool, err error) {
	err = t.tx.QueryRowContext(ctx, `SELECT t.next < h.size FROM tallied AS t, audit_head AS h WHERE t.id = 1 AND h.id = 1`).Scan(&behind)
	return behind, err
}

// LockTallies implements report.TallyTx: an update takes the row's lock on both
// engines.
func (t *Tx) LockTallies(ctx context.Context) (seq int64, err error) {
	err = t.tx.QueryRowContext(ctx, `UPDATE tallied SET next = next WHERE id = 1 RETURNING next`).Scan(&seq)
	return seq, err
}

// SaveTallies implements report.TallyTx.
func (t *Tx) SaveTallies(ctx context.Context, next int64, more []report.Tally) error {
	for chunk := range slices.Chunk(more, auditRows) {
		args := make([]any, 0, 5*len(chunk))
		for _, y := range chunk {
			args = append(args, y.Organisation, y.Day, string(y.Figure), y.Detail, y.N)
		}
		if _, err := t.exec(ctx, `INSERT INTO tallies (organisation_id, day, figure, detail, n)
			VALUES `+tuples(len(chunk), "($%d, $%d, $%d, $%d, CAST($%d AS BIGINT))")+`
			ON CONFLICT (organisation_id, day, figure, detail) DO UPDATE SET n = tallies.n + excluded.n`, args...); err != nil {
			return err
		}
	}
	_, err := t.exec(ctx, `UPDATE tallied SET next = $1 WHERE id = 1`, next)
	return err
}

// Tallies implements report.TallyTx.
func (t *Tx) Tallies(ctx context.Context, organisation, from, to string) ([]report.Tally, error) {
	return list(ctx, t.tx, func(scan func(...any) error) (y report.Tally, err error) {
		y.Organisation = organisation
		err = scan(&y.Day, &y.Figure, &y.Detail, &y.N)
		return y, err
	}, `SELECT day, figure, detail, n FROM tallies WHERE organisation_id = $1 AND day >= $2 AND day <= $3
		ORDER BY day, figure, detail`, organisation, from, to)
}

// OrganisationsOf implements report.TallyTx.
func (t *Tx) OrganisationsOf(ctx context.Context, accounts []string) (map[string][]string, error) {
	return t.grouped(ctx, `SELECT account_id, organisation_id FROM members WHERE account_id IN (`, accounts)
}

// ClosureOrganisations implements report.TallyTx.
func (t *Tx) ClosureOrganisations(ctx context.Context, closures []string) (map[string][]string, error) {
	return t.grouped(ctx, `SELECT closure_id, organisation_id FROM tallied_closures WHERE closure_id IN (`, closures)
}

// grouped reads pairs of ids and gathers the second ones under the first.
func (t *Tx) grouped(ctx context.Context, query string, ids []string) (map[string][]string, error) {
	all := map[string][]string{}
	for chunk := range slices.Chunk(ids, auditRows) {
		args := make([]any, len(chunk))
		for i, id := range chunk {
			args[i] = id
		}
		pairs, err := list(ctx, t.tx, func(scan func(...any) error) (p [2]string, err error) {
			err = scan(&p[0], &p[1])
			return p, err
		}, query+tuples(len(chunk), "$%d")+`)`, args...)
		if err != nil {
			return nil, err
		}
		for _, p := range pairs {
			all[p[0]] = append(all[p[0]], p[1])
		}
	}
	return all, nil
}

// Ending implements report.TallyTx.
func (t *Tx) Ending(ctx context.Context, organisations []string) (map[string]bool, error) {
	pairs, err := t.grouped(ctx, `SELECT id, state FROM organisations WHERE state <> 'active' AND id IN (`, organisations)
	gone := make(map[string]bool, len(pairs))
	for id := range pairs {
		gone[id] = true
	}
	return gone, err
}

// SaveClosureOrganisations implements report.TallyTx.
func (t *Tx) SaveClosureOrganisations(ctx context.Context, closures map[string][]string) error {
	for closure, organisations := range closures {
		for _, o := range organisations {
			if _, err := t.exec(ctx, `INSERT INTO tallied_closures (closure_id, organisation_id) VALUES ($1, $2)
				ON CONFLICT DO NOTHING`, closure, o); err != nil {
				return err
			}
		}
	}
	return nil
}
