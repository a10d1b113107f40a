package session

import (
	"context"

	"github.com/signoff-id/signoff/internal/fault"
)

// NewToken gives a session another token, told this once; the old one is worth
// nothing from the commit on. The caller holds the account's lock.
func (s *Service) NewToken(ctx context.Context, tx Tx, on Session) (string, error) {
	is, err := tx.Session(ctx, on.ID)
	if fault.Is(err, "session_not_found") || err == nil && (is.Account != on.Account || !is.EndedAt.IsZero()) {
		return "", ErrNotValid()
	}
	if err != nil {
		return "", err
	}
	token, hash, err := newToken(s.Rand)
	if err != nil {
		return "", err
	}
	return token, tx.SetToken(ctx, on.ID, hash)
}
