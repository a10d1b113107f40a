package session

import (
	"context"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
)

// MostAtOnce is how many people one order may name.
const MostAtOnce = 100

// Several is an order to sign out some people of an organisation for one reason.
type Several struct {
	Organisation string
	Accounts     []string
	Reason       string
	Grace        time.Duration
}

// orders makes one order of each person, in the order in which their locks are
// taken.
func (o Several) orders() ([]Order, error) {
	accounts := slices.Compact(slices.Sorted(slices.Values(o.Accounts)))
	bad := fault.Wrong()
	switch {
	case len(accounts) == 0:
		return nil, bad.At("target", "required")
	case len(accounts) > MostAtOnce:
		return nil, bad.At("target", "too_many_people", "max", MostAtOnce)
	}
	all := make([]Order, len(accounts))
	for i, a := range accounts {
		all[i] = Order{Scope: OnePerson, Organisation: o.Organisation, Target: a, Reason: o.Reason, Grace: o.Grace}
		if err := all[i].check(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// ForceEach is Force for several people, in one commit: everybody, or nobody when
// one may not be signed out. Whether a second person must agree goes by all of
// them together, so that nobody gets around it person by person; then each of them
// waits as an order of its own. It says how many do.
func (s *Service) ForceEach(ctx context.Context, by audit.Actor, o Several) (ended, waiting int, err error) {
	all, err := o.orders()
	if err != nil {
		return 0, 0, err
	}
	if err := s.checkGrace(all[0]); err != nil {
		return 0, 0, err
	}
	err = s.InTx(ctx, func(tx Tx) error {
		ended, waiting = 0, 0
		now := s.Now()
		endings, would, err := s.endings(ctx, tx, by, all, now)
		if err != nil {
			return err
		}
		if would.Waits {
			for i, e := range endings {
				if _, err := s.keep(ctx, tx, by, all[i], e); err != nil {
					return err
				}
			}
			waiting = len(all)
			return s.ask(ctx, tx, by, o.Organisation, now)
		}
		for _, e := range endings {
			done, err := s.carryOut(ctx, tx, e, o.Grace)
			if err != nil {
				return err
			}
			ended += done.Ended
		}
		return nil
	})
	if waiting == 0 {
		s.observe(string(OnePerson), err)
	}
	return ended, waiting, err
}

// PreviewEach is Preview for several people.
func (s *Service) PreviewEach(ctx context.Context, by audit.Actor, o Several) (would Affected, err error) {
	if o.Reason == "" {
		o.Reason = "-"
	}
	all, err := o.orders()
	if err != nil {
		return would, err
	}
	err = s.View(ctx, func(tx Tx) error {
		_, would, err = s.endings(ctx, tx, by, all, s.Now())
		return err
	})
	return would, err
}

// endings finds what orders name, and counts it.
func (s *Service) endings(ctx context.Context, tx Tx, by audit.Actor, all []Order, now time.Time) (endings []Ending, would Affected, err error) {
	would.ByKind = map[string]Count{}
	for i := range all {
		e, err := all[i].ending(ctx, tx, by)
		if err != nil {
			return nil, would, err
		}
		e.At = now
		n, err := tx.CountAffected(ctx, e)
		if err != nil {
			return nil, would, err
		}
		endings = append(endings, e)
		would.add(n)
	}
	would.Waits = s.Approval.wants(OnePerson, would.Sessions)
	return endings, would, nil
}

func (a *Affected) add(n Affected) {
	a.Sessions += n.Sessions
	a.People += n.People
	for kind, c := range n.ByKind {
		of := a.ByKind[kind]
		a.ByKind[kind] = Count{of.Sessions + c.Sessions, of.People + c.People}
	}
}
