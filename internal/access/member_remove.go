package access

import (
	"context"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/session"
)

// RemoveMember takes somebody out of an organisation and ends the person's
// sessions, all but the one with the id except: a session may have been let
// into places by the membership that it no longer has.
func (s *Service) RemoveMember(ctx context.Context, by audit.Actor, organisation, account, except string) error {
	return s.InTx(ctx, func(tx Tx) error {
		now := s.Now()
		if err := s.Orgs.Remove(ctx, tx, by, organisation, account, now); err != nil {
			return err
		}
		_, err := s.Sessions.End(ctx, tx, session.Ending{Scope: session.OnePerson, Account: account, Organisation: organisation,
			Except: except, Cause: session.ByRemoval, By: by, At: now})
		return err
	})
}
