package browser

import (
	"context"
)

// Face is what a browser shows of an account in it: enough to choose by. Why
// somebody has to sign in again it does not tell.
type Face struct {
	ID       string // of the seat
	Name     string
	Hint     string // a masked identifier
	SignedIn bool
	Current  bool
}

// List gives the accounts of a browser in the order in which they came.
func (s *Service) List(ctx context.Context, key string) (all []Face, err error) {
	hash, err := hashOf(key)
	if err != nil {
		return nil, err
	}
	err = s.View(ctx, func(tx Tx) error {
		b, err := tx.BrowserByKey(ctx, hash)
		if err != nil {
			return err
		}
		r, err := enter(ctx, tx, b, s.Now())
		if err != nil {
			return err
		}
		for _, x := range r.seats {
			a, err := tx.Account(ctx, x.Account)
			if err != nil {
				return err
			}
			all = append(all, Face{ID: x.ID, Name: a.Name, Hint: a.Hint(), SignedIn: r.live[x.ID], Current: r.live[x.ID] && x.ID == b.Current})
		}
		return nil
	})
	return all, err
}
