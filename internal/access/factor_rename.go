package access

import (
	"context"
	"strings"
	"time"
)

// RenameFactor gives a factor another name.
func (s *Service) RenameFactor(ctx context.Context, account, id, name string) error {
	name = strings.TrimSpace(name)
	if err := checkFactorName(name); err != nil {
		return err
	}
	return s.change(ctx, account, func(tx Tx, now time.Time) error {
		found, err := tx.RenameFactor(ctx, account, id, name)
		if err == nil && !found {
			err = errNoFactor()
		}
		if err != nil {
			return err
		}
		return s.note(ctx, tx, member(account), now, account, "factor.renamed", nil)
	})
}
