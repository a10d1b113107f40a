package report

import (
	"context"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
)

const (
	// batch is how many audit entries one commit counts.
	batch = 500
	// mostBatches bounds one Fold: an installation that has just begun to count a
	// long log does other things in between.
	mostBatches = 20
)

// Fold counts what has come into the audit log since the last time, and says how
// many entries it has looked at. Each entry counts once, whoever folds and
// however often: counts and the place in the log are one commit.
func (s *Service) Fold(ctx context.Context) (looked int, err error) {
	for range mostBatches {
		more := false
		err := s.View(ctx, func(tx Tx) (err error) {
			more, err = tx.TalliesBehind(ctx)
			return err
		})
		if err != nil || !more {
			return looked, err
		}
		n := 0
		err = s.InTx(ctx, func(tx Tx) (err error) {
			n, err = s.fold(ctx, tx)
			return err
		})
		if looked += n; err != nil {
			return looked, err
		}
	}
	return looked, nil
}

// fold counts one batch.
func (s *Service) fold(ctx context.Context, tx Tx) (int, error) {
	next, err := tx.LockTallies(ctx)
	if err != nil {
		return 0, err
	}
	entries, err := tx.AuditEntries(ctx, next, batch)
	if fault.Is(err, "audit_entry_unreadable") {
		// Whoever verifies the log is told. The count of one goes on without it.
		if err = nil; len(entries) == 0 {
			return 1, tx.SaveTallies(ctx, next+1, nil)
		}
	}
	if err != nil || len(entries) == 0 {
		return 0, err
	}
	whose, err := s.whose(ctx, tx, entries)
	if err != nil {
		return 0, err
	}
	sums := map[key]int64{}
	for _, e := range entries {
		figure, detail, n := counted(e)
		if figure == "" {
			continue
		}
		day := e.At.In(s.Zone).Format(time.DateOnly)
		for _, organisation := range append(whose(e), Everywhere) {
			sums[key{day, organisation, figure, detail}] += n
		}
	}
	ending, err := tx.Ending(ctx, organisationsIn(sums))
	if err != nil {
		return 0, err
	}
	more := make([]Tally, 0, len(sums))
	for k, n := range sums {
		if ending[k.organisation] {
			continue
		}
		more = append(more, Tally{k.day, k.organisation, k.figure, k.detail, n})
	}
	return len(entries), tx.SaveTallies(ctx, entries[len(entries)-1].Seq+1, more)
}

// whose finds out which organisations the entries concern: those that the account
// is in now, moments after it happened; for a closure those at its request.
func (s *Service) whose(ctx context.Context, tx Tx, entries []audit.Entry) (func(audit.Entry) []string, error) {
	var accounts, closures []string
	begun := map[string]string{} // closures to accounts
	for _, e := range entries {
		switch figure, detail, _ := counted(e); {
		case figure == "":
		case figure == Closures && detail == "requested":
			begun[e.Object] = e.Account
			accounts = append(accounts, e.Account)
		case figure == Closures:
			closures = append(closures, e.Object)
		case e.Organisation == "" && e.Account != "":
			accounts = append(accounts, e.Account)
		}
	}
	of, err := tx.OrganisationsOf(ctx, distinct(accounts))
	if err != nil {
		return nil, err
	}
	concern := map[string][]string{}
	for closure, account := range begun {
		concern[closure] = of[account]
	}
	if err := tx.SaveClosureOrganisations(ctx, concern); err != nil {
		return nil, err
	}
	concerned, err := tx.ClosureOrganisations(ctx, distinct(closures))
	if err != nil {
		return nil, err
	}
	return func(e audit.Entry) []string {
		if e.Organisation != "" {
			return []string{e.Organisation}
		}
		if figure, detail, _ := counted(e); figure == Closures && detail != "requested" {
			return slices.Clone(concerned[e.Object])
		}
		return slices.Clone(of[e.Account])
	}, nil
}

func organisationsIn(sums map[key]int64) (ids []string) {
	for k := range sums {
		if k.organisation != Everywhere {
			ids = append(ids, k.organisation)
		}
	}
	return distinct(ids)
}

func distinct(ids []string) []string {
	slices.Sort(ids)
	return slices.Compact(ids)
}
