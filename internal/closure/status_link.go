package closure

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"strings"

	"github.com/signoff-id/signoff/internal/fault"
)

// StatusPrefix marks the token of a private status link.
const StatusPrefix = "soc_"

func (s *Service) newStatusToken() (token string, hash []byte, err error) {
	b := make([]byte, 32)
	if _, err := io.ReadFull(s.Rand, b); err != nil {
		return "", nil, fmt.Errorf("closure: token: %w", err)
	}
	token = StatusPrefix + base64.RawURLEncoding.EncodeToString(b)
	return token, hashStatus(token), nil
}

func hashStatus(token string) []byte {
	h := sha256.Sum256([]byte(token))
	return h[:]
}

// byLink finds the closure that a private link belongs to.
func (s *Service) byLink(ctx context.Context, token string) (c Closure, err error) {
	if !strings.HasPrefix(token, StatusPrefix) {
		return Closure{}, fault.New(fault.Unauthenticated, "status_link_not_valid")
	}
	err = s.View(ctx, func(tx Tx) error {
		c, err = tx.ClosureByStatus(ctx, hashStatus(token))
		return err
	})
	if fault.Is(err, "closure_not_found") {
		err = fault.New(fault.Unauthenticated, "status_link_not_valid")
	}
	return c, err
}

// CheckLink says whether a token is a closure's private link.
func (s *Service) CheckLink(ctx context.Context, token string) error {
	_, err := s.byLink(ctx, token)
	return err
}
