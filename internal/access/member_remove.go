package access

import (
	"context"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/signal"
)

// RemoveMember takes somebody out of an organisation and ends the person's
// sessions, all but the one with the id except: a session may have been let
// into places by the membership that it no longer has. Whoever was removed by
// somebody else is told.
func (s *Service) RemoveMember(ctx context.Context, by audit.Actor, organisation, account, except string) error {
	return s.InTx(ctx, func(tx Tx) error {
		now := s.Now()
		if err := s.Orgs.Remove(ctx, tx, by, organisation, account, now); err != nil {
			return err
		}
		if by.ID != account {
			o, err := tx.Organisation(ctx, organisation)
			if err != nil {
				return err
			}
			if err := inbox.Tell(ctx, tx, signal.Notice{ID: s.NewID(), Account: account, Kind: signal.MemberRemoved,
				Args: map[string]string{"organisation": o.Name}, CreatedAt: now}); err != nil {
				return err
			}
		}
		return s.Sessions.End(ctx, tx, session.Ending{Scope: session.OnePerson, Account: account, Organisation: organisation,
			Except: except, Cause: session.ByRemoval, By: by, At: now})
	})
}

// Leave takes somebody out of an organisation by the own will, and ends the
// sessions, all but the one with the id except. A creator and a super admin hand
// the role over first (handover_required); to who is not in it, the organisation
// is not there (organisation_not_found).
func (s *Service) Leave(ctx context.Context, by audit.Actor, organisation, except string) error {
	err := s.RemoveMember(ctx, by, organisation, by.ID, except)
	if fault.Is(err, "member_not_found") {
		err = org.ErrNoOrganisation()
	}
	return err
}
