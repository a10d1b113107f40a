package access

import (
	"context"
	"net/netip"

	"github.com/signoff-id/signoff/internal/throttle"
)

// CheckStatusLink says whether a token is a closure's private link, and counts it
// as a guess where it is none.
func (s *Service) CheckStatusLink(ctx context.Context, token string, address netip.Addr) error {
	return s.Guesses.Guard(ctx, throttle.Try{Address: address}, func() error { return s.Closures.CheckLink(ctx, token) })
}
