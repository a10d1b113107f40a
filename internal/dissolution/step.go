package dissolution

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/signal"
)

// batch bounds how many members one commit tells or releases.
const batch = 100

// Step does whatever is due for a dissolution now. Called too early, twice, or
// for one that has ended, it does nothing.
func (s *Service) Step(ctx context.Context, id string) error {
	for {
		d, again, err := s.once(ctx, id)
		if err != nil {
			return err
		}
		if d.State == Erasing {
			s.probe("ledger_written")
			return s.finish(ctx, id)
		}
		if !again {
			return nil
		}
	}
}

// once does one commit, and says whether there may be more to do.
func (s *Service) once(ctx context.Context, id string) (d Dissolution, again bool, err error) {
	err = s.View(ctx, func(tx Tx) error {
		d, err = tx.Dissolution(ctx, id)
		return err
	})
	if err != nil {
		return d, false, err
	}
	switch {
	case d.State == Announced && !s.Now().Before(d.EndsAt):
		d, err = s.elapse(ctx, id)
		s.probe("notice_over")
		return d, true, err
	case d.State == Announced:
		return s.announceToMembers(ctx, id)
	case d.State == Releasing:
		return s.release(ctx, id)
	}
	return d, false, nil
}

// announceToMembers tells the next members that their organisation is ending.
func (s *Service) announceToMembers(ctx context.Context, id string) (d Dissolution, again bool, err error) {
	d, err = s.change(ctx, id, func(tx Tx, d *Dissolution, now time.Time) error {
		again = false
		if d.State != Announced {
			return nil
		}
		o, err := tx.Organisation(ctx, d.Organisation)
		if err != nil {
			return err
		}
		next, err := tx.Members(ctx, d.Organisation, d.ToldTo, batch)
		if err != nil {
			return err
		}
		args := map[string]string{"organisation": o.Name, "until": d.EndsAt.In(zone).AddDate(0, 0, -1).Format(time.DateOnly)}
		for _, m := range next {
			if err := s.tell(ctx, tx, m.Account, signal.OrganisationEnding, args, now); err != nil {
				return err
			}
			d.ToldTo = m.Account
		}
		if again = len(next) == batch; !again {
			d.WakeAt = d.EndsAt
		}
		return tx.SaveDissolution(ctx, *d)
	})
	return d, again, err
}

// elapse ends the notice: from here there is no way back. Nobody joins any more.
func (s *Service) elapse(ctx context.Context, id string) (Dissolution, error) {
	return s.change(ctx, id, func(tx Tx, d *Dissolution, now time.Time) error {
		if d.State != Announced || now.Before(d.EndsAt) {
			return nil
		}
		if err := tx.SetOrganisationState(ctx, d.Organisation, org.Ending); err != nil {
			return err
		}
		d.ReleasingAt, d.WakeAt = now, now.Add(s.Tries.Lease())
		if err := s.move(ctx, tx, d, elapse, system, now, nil); err != nil {
			return err
		}
		return tx.SaveDissolution(ctx, *d)
	})
}
