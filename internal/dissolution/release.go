package dissolution

import (
	"context"
	"strconv"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/erasure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/signal"
)

// release ends the next memberships: each person is told, and signed out
// everywhere, for a session may have been let into places by the membership. The
// accounts stay. When nobody is left, the erasure begins in the same commit.
func (s *Service) release(ctx context.Context, id string) (d Dissolution, again bool, err error) {
	err = s.InTx(ctx, func(tx Tx) error {
		again = false
		if d, err = tx.Dissolution(ctx, id); err != nil || d.State != Releasing {
			return err
		}
		// The locks of accounts come before that of the organisation.
		next, err := tx.Members(ctx, d.Organisation, "", batch)
		if err != nil {
			return err
		}
		for _, m := range next {
			if err := tx.LockAccount(ctx, m.Account); err != nil {
				return err
			}
		}
		if d, err = s.locked(ctx, tx, id); err != nil || d.State != Releasing {
			return err
		}
		now := s.Now()
		for _, m := range next {
			if err := s.letGo(ctx, tx, &d, m.Account, now); err != nil {
				return err
			}
		}
		if again = len(next) > 0; !again {
			if err := s.beginErasure(ctx, tx, &d, now); err != nil {
				return err
			}
		}
		return tx.SaveDissolution(ctx, d)
	})
	if again {
		s.probe("batch_released")
	}
	return d, again, err
}

// letGo ends one membership; one that has ended meanwhile is nothing to do.
func (s *Service) letGo(ctx context.Context, tx Tx, d *Dissolution, account string, now time.Time) error {
	found, err := tx.ReleaseMember(ctx, d.Organisation, account)
	if err != nil || !found {
		return err
	}
	d.Released++
	if err := s.Sessions.End(ctx, tx, session.Ending{Scope: session.OnePerson, Account: account, Organisation: d.Organisation,
		Cause: session.ByOrganisation, By: system, At: now}); err != nil {
		return err
	}
	e := audit.Entry{ID: s.NewID(), At: now, Actor: system, Action: "member.released", Organisation: d.Organisation, Account: account, Object: d.ID}
	if err := tx.AppendAudit(ctx, e); err != nil {
		return err
	}
	o, err := tx.Organisation(ctx, d.Organisation)
	if err != nil {
		return err
	}
	return s.tell(ctx, tx, account, signal.OrganisationEnded, map[string]string{"organisation": o.Name}, now)
}

// beginErasure writes the ledger and a part for every data holder, with its job.
// Nothing has been erased when this commits; everything will be.
func (s *Service) beginErasure(ctx context.Context, tx Tx, d *Dissolution, now time.Time) error {
	d.ErasingAt, d.WakeAt = now, now.Add(s.Tries.Lease())
	var err error
	if d.DeadlineAt, err = s.deadline(ctx, tx, now); err != nil {
		return err
	}
	names := s.Holders.Names()
	if err := tx.InsertDissolutionLedger(ctx, Ledger{Dissolution: d.ID, Organisation: d.Organisation, Pseudonym: d.Pseudonym,
		Holders: names, WrittenAt: now}); err != nil {
		return err
	}
	if err := s.move(ctx, tx, d, release, system, now, map[string]string{"members": strconv.FormatInt(d.Released, 10)}); err != nil {
		return err
	}
	return erasure.Begin(ctx, tx.DissolutionParts(), d.ID, names, now)
}

// workingDays are how long the erasure may take: the same as for an account.
const workingDays = 15

// deadline counts working days; where the calendar does not know the year, it
// counts all days, which is never too late, and the operator is told.
func (s *Service) deadline(ctx context.Context, tx Tx, now time.Time) (time.Time, error) {
	cal, err := s.Policies.Calendar(ctx, tx)
	if err != nil {
		return time.Time{}, err
	}
	at, err := policy.Deadline{WorkingDays: workingDays, Country: "cn"}.Due(cal, now)
	if fault.Is(err, "calendar_year_unknown") {
		s.Log.ErrorContext(ctx, "no calendar for the deadline of an organisation's erasure: counted calendar days instead", "error", err)
		return now.AddDate(0, 0, workingDays), nil
	}
	return at, err
}
