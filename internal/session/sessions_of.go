package session

import (
	"context"

	"github.com/signoff-id/signoff/internal/audit"
)

// SessionsOf gives the valid sessions of an organisation's member, the newest
// first, to who may end them: an admin of the organisation whom the member does
// not outrank (owner_required), or an operator. Who is no member is answered by
// account_not_found.
func (s *Service) SessionsOf(ctx context.Context, by audit.Actor, organisation, account string) (all []Session, err error) {
	err = s.View(ctx, func(tx Tx) error {
		o := Order{Scope: OnePerson, Organisation: organisation, Target: account}
		if _, err := o.ending(ctx, tx, by); err != nil {
			return err
		}
		all, err = tx.LiveSessions(ctx, account, s.Now())
		return err
	})
	return all, err
}

// List gives a person's valid sessions, the newest first.
func (s *Service) List(ctx context.Context, account string) (all []Session, err error) {
	err = s.View(ctx, func(tx Tx) error {
		all, err = tx.LiveSessions(ctx, account, s.Now())
		return err
	})
	return all, err
}
