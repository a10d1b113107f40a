package identity

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/onetime"
)

// AddIdentifier gives an account one more name.
func (s *Service) AddIdentifier(ctx context.Context, by audit.Actor, account string, raw Identifier) (Identifier, error) {
	id, err := Normalise(raw.Kind, raw.Value)
	if err != nil {
		return Identifier{}, err
	}
	err = s.change(ctx, by, account, "identifier.added", map[string]string{"kind": id.Kind}, func(tx Tx, now time.Time) error {
		if err := MayBeChanged(ctx, tx, by, account); err != nil {
			return err
		}
		return tx.InsertIdentifier(ctx, account, id, now)
	})
	return id, err
}

// RemoveIdentifier takes a name away, but never the last one: nobody could sign
// in to withdraw or to close.
func (s *Service) RemoveIdentifier(ctx context.Context, by audit.Actor, account string, raw Identifier) error {
	id, err := Normalise(raw.Kind, raw.Value)
	if err != nil {
		return err
	}
	return s.change(ctx, by, account, "identifier.removed", map[string]string{"kind": id.Kind}, func(tx Tx, now time.Time) error {
		if err := MayBeChanged(ctx, tx, by, account); err != nil {
			return err
		}
		found, err := tx.DeleteIdentifier(ctx, account, id)
		if err != nil {
			return err
		}
		if !found {
			return fault.New(fault.NotFound, "identifier_not_found")
		}
		a, err := tx.Account(ctx, account)
		if err != nil {
			return err
		}
		if len(a.Identifiers) == 0 {
			return fault.New(fault.Conflict, "identifier_last")
		}
		return onetime.Revoke(ctx, tx, account, now) // a link may be on its way there
	})
}

// VouchIdentifier notes, by an operator's word, that a name is the account's own:
// codes and links go to such ones only.
func (s *Service) VouchIdentifier(ctx context.Context, by audit.Actor, account string, raw Identifier) error {
	id, err := Normalise(raw.Kind, raw.Value)
	if err != nil {
		return err
	}
	return s.change(ctx, by, account, "identifier.verified", map[string]string{"kind": id.Kind}, func(tx Tx, now time.Time) error {
		if err := MayBeChanged(ctx, tx, by, account); err != nil {
			return err
		}
		found, err := tx.VerifyIdentifier(ctx, account, id, now)
		if err == nil && !found {
			err = fault.New(fault.NotFound, "identifier_not_found")
		}
		return err
	})
}

// MustBeActive refuses what only an active account can do or be given: with
// account_paused while it is paused, with account_ending once its end has begun.
func MustBeActive(ctx context.Context, tx AccountTx, account string) error {
	a, err := tx.Account(ctx, account)
	if err != nil {
		return err
	}
	return a.State.mustBeActive()
}

func (s State) mustBeActive() error {
	switch s {
	case Active:
		return nil
	case Paused:
		return fault.New(fault.Conflict, "account_paused")
	default:
		return fault.New(fault.Conflict, "account_ending")
	}
}

// MayBeChanged is MustBeActive for everybody but those who run the installation:
// they look after a paused account as after any other.
func MayBeChanged(ctx context.Context, tx AccountTx, by audit.Actor, account string) error {
	a, err := tx.Account(ctx, account)
	if err != nil {
		return err
	}
	if a.State == Paused && (by.Kind == audit.KindOperator || by.Kind == audit.KindSystem) {
		return nil
	}
	return a.State.mustBeActive()
}
