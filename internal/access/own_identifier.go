package access

import (
	"context"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/onetime"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/signal"
	"github.com/signoff-id/signoff/internal/throttle"
)

// AddOwnIdentifier begins to give the own account one more e-mail address or
// number: a code goes there. One that is taken is answered like a free one, and
// its owner is told.
func (s *Service) AddOwnIdentifier(ctx context.Context, on session.Session, raw identity.Identifier) (out onetime.Issued, err error) {
	id, err := verifiable(raw)
	if err != nil {
		return out, err
	}
	err = s.change(ctx, on.Account, func(tx Tx, _ time.Time) error {
		a, err := tx.Account(ctx, on.Account)
		if err != nil {
			return err
		}
		o := onetime.Order{Purpose: onetime.VerifyIdentifier, Account: a.ID, Subject: "own " + a.ID, Channel: channelOf(id.Kind), Address: id.Value, Locale: a.Locale}
		out, err = s.issueUnlessTaken(ctx, tx, o, a.ID, id)
		return err
	})
	return out, err
}

// VerifyOwnIdentifier takes the code that was sent, and with it the identifier.
func (s *Service) VerifyOwnIdentifier(ctx context.Context, on session.Session, raw identity.Identifier, code string) error {
	id, err := verifiable(raw)
	if err != nil {
		return err
	}
	try := throttle.Try{Account: on.Account, Session: on.ID}
	return s.Guesses.Guard(ctx, try, func() error {
		right, err := s.Codes.Check(ctx, onetime.Key{Purpose: onetime.VerifyIdentifier, Binding: s.binding(onetime.VerifyIdentifier, on.Account, id), Account: on.Account}, code)
		if err != nil {
			return err
		}
		return s.change(ctx, on.Account, func(tx Tx, now time.Time) error {
			if err := s.Codes.Spend(ctx, tx, right, now); err != nil {
				return err
			}
			a, err := tx.Account(ctx, on.Account)
			if err != nil {
				return err
			}
			if !slices.Contains(a.Identifiers, id) {
				if err := taken(tx.InsertIdentifier(ctx, a.ID, id, now)); err != nil {
					return err
				}
			}
			if _, err := tx.VerifyIdentifier(ctx, a.ID, id, now); err != nil {
				return err
			}
			if err := s.note(ctx, tx, member(a.ID), now, a.ID, "identifier.verified", map[string]string{"kind": id.Kind}); err != nil {
				return err
			}
			return s.inform(ctx, tx, a.ID, signal.IdentifierVerified, map[string]string{"kind": id.Kind}, now)
		})
	})
}
