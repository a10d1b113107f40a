package session

import (
	"context"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
)

// Live looks sessions up outside any transaction.
type Live interface {
	// LiveSession gives the valid session with the token's hash, or answers
	// session_not_valid.
	LiveSession(ctx context.Context, tokenHash []byte, now time.Time) (Session, error)
}

// ErrNotValid answers every token that is no valid session: unknown, ended and
// expired ones alike.
func ErrNotValid() *fault.Error { return fault.New(fault.Unauthenticated, "session_not_valid") }

// Check says whose valid session a token is. It is the hot path: one read of
// one row, no transaction, no write, no answer remembered between calls, so an
// ended session fails at once in every process on the same database. That the
// session was seen is noted in memory, and written by Flush.
func (s *Service) Check(ctx context.Context, token string) (Session, error) {
	now := s.Now()
	found, err := s.look(ctx, token, now)
	if err == nil {
		s.seen.note(found, now)
	}
	return found, err
}

// Look is Check for what no person did, such as a page that is only left open:
// it keeps no session alive.
func (s *Service) Look(ctx context.Context, token string) (Session, error) {
	return s.look(ctx, token, s.Now())
}

func (s *Service) look(ctx context.Context, token string, now time.Time) (Session, error) {
	if !strings.HasPrefix(token, TokenPrefix) {
		return Session{}, ErrNotValid()
	}
	return s.Live.LiveSession(ctx, HashToken(token), now)
}
