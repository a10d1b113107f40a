package identity

import (
	"context"

	"github.com/signoff-id/signoff/internal/fault"
)

// Known reads some accounts, by their ids; those that are not there are missing.
func (s *Service) Known(ctx context.Context, ids []string) (all map[string]Account, err error) {
	all = map[string]Account{}
	err = s.View(ctx, func(tx Tx) error {
		for _, id := range ids {
			if _, known := all[id]; known || id == "" {
				continue
			}
			a, err := tx.Account(ctx, id)
			if fault.Is(err, "account_not_found") {
				continue
			}
			if err != nil {
				return err
			}
			all[id] = a
		}
		return nil
	})
	return all, err
}

// Names gives what some accounts are called, by id; those that are not there, or
// have no name, are missing.
func (s *Service) Names(ctx context.Context, ids []string) (map[string]string, error) {
	all, err := s.Known(ctx, ids)
	names := map[string]string{}
	for id, a := range all {
		if a.Name != "" {
			names[id] = a.Name
		}
	}
	return names, err
}

// Hint is a masked identifier, by which those who know the person tell the account
// from others: the e-mail address where there is one. "" where there is none.
func (a Account) Hint() string {
	for _, x := range a.Identifiers {
		if x.Kind == Email {
			return x.Masked()
		}
	}
	if len(a.Identifiers) > 0 {
		return a.Identifiers[0].Masked()
	}
	return ""
}
