package browser

import (
	"context"
	"slices"
)

func accounts(seats []Seat, whom func(Seat) bool) (all []string) {
	for _, x := range seats {
		if whom(x) {
			all = append(all, x.Account)
		}
	}
	return all
}

// lockAll takes the locks of accounts in the order of their ids.
func lockAll(ctx context.Context, tx Tx, some, others []string) error {
	all := slices.Concat(some, others)
	slices.Sort(all)
	for _, account := range slices.Compact(all) {
		if err := tx.LockAccount(ctx, account); err != nil {
			return err
		}
	}
	return nil
}

func nobody(Seat) bool { return false }

func everybody(Seat) bool { return true }
