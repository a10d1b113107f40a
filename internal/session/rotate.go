package session

import "context"

// Rotate gives a session a new token in the caller's commit; the old one is dead
// with it. The caller holds the account's lock and has seen that the session
// lives.
func (s *Service) Rotate(ctx context.Context, tx Tx, session string) (token string, err error) {
	token, hash, err := newToken(s.Rand)
	if err != nil {
		return "", err
	}
	return token, tx.SetToken(ctx, session, hash)
}
