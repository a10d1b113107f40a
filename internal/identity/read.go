package identity

import "context"

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
