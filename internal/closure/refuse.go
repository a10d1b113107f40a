package closure

import (
	"context"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/signal"
)

// refuse ends a closure whose conditions no longer hold, and tells the person
// which.
func (s *Service) refuse(ctx context.Context, tx Tx, c *Closure, p *policy.Policy, blockers []policy.Result, now time.Time) error {
	var words []string
	for _, r := range blockers {
		if !r.Met {
			words = append(words, r.Text.In(c.Locale))
		}
	}
	if err := s.move(ctx, tx, c, refuse, p, system, now); err != nil {
		return err
	}
	return s.tell(ctx, tx, c, signal.ClosureRefused, map[string]string{"conditions": strings.Join(words, "\n")}, now)
}
