package identity

import (
	"context"

	"github.com/signoff-id/signoff/internal/fault"
)

// Get reads one account, or answers account_not_found.
func (s *Service) Get(ctx context.Context, id string) (a Account, err error) {
	err = s.View(ctx, func(tx Tx) error {
		a, err = tx.Account(ctx, id)
		return err
	})
	return a, err
}

// Filter chooses accounts: those in a state, or with an empty State all, from the
// one after the id After on.
type Filter struct {
	State State
	After string
	Limit int
}

// List reads the accounts that a filter chooses, in the order of their ids.
func (s *Service) List(ctx context.Context, f Filter) (all []Account, err error) {
	err = s.View(ctx, func(tx Tx) error {
		all, err = tx.Accounts(ctx, f)
		return err
	})
	return all, err
}

// Find gives the account that a sign-in name leads to, or account_not_found.
func (s *Service) Find(ctx context.Context, name string) (a Account, err error) {
	id, err := Guess(name)
	if err != nil {
		return Account{}, ErrNoAccount()
	}
	err = s.View(ctx, func(tx Tx) error {
		account, err := tx.AccountByIdentifier(ctx, id)
		if err != nil {
			return err
		}
		if account == "" {
			return ErrNoAccount()
		}
		a, err = tx.Account(ctx, account)
		return err
	})
	return a, err
}

// Names gives what some accounts are called, by id; those that are not there, or
// have no name, are missing.
func (s *Service) Names(ctx context.Context, ids []string) (names map[string]string, err error) {
	names = map[string]string{}
	err = s.View(ctx, func(tx Tx) error {
		for _, id := range ids {
			if _, known := names[id]; known || id == "" {
				continue
			}
			a, err := tx.Account(ctx, id)
			if fault.Is(err, "account_not_found") {
				continue
			}
			if err != nil {
				return err
			}
			if a.Name != "" {
				names[id] = a.Name
			}
		}
		return nil
	})
	return names, err
}
