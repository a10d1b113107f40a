package closure

import (
	"context"
	"io"
	"log/slog"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/keys"
	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/signal"
)

// Service is what people, reviewers, operators and time do with closures.
type Service struct {
	InTx  func(context.Context, func(Tx) error) error
	View  func(context.Context, func(Tx) error) error
	Now   func() time.Time
	NewID func() string
	Rand  io.Reader
	Log   *slog.Logger

	Accounts *identity.Service
	Sessions *session.Service
	Policies *Policies
	Holders  *holder.Set
	Audit    *audit.Log
	Ring     *keys.Ring
	Offer    Offer
	Issuer   string // who signs certificates: the installation's public name
	// StatusLink turns a private token into the link that a person opens.
	StatusLink func(token string) string
	Tries      Tries
	// Probe is told the name of every point at which a crash must do no harm.
	// It is nil but in the tests that crash there.
	Probe func(point string)
}

func (s *Service) probe(point string) {
	if s.Probe != nil {
		s.Probe(point)
	}
}

// change loads a closure under its account's lock, lets fn change it, and saves
// it: one commit.
func (s *Service) change(ctx context.Context, id string, fn func(tx Tx, c *Closure, now time.Time) error) (Closure, error) {
	var c Closure
	err := s.InTx(ctx, func(tx Tx) error {
		var err error
		if c, err = tx.Closure(ctx, id); err != nil {
			return err
		}
		if err := tx.LockAccount(ctx, c.Account); err != nil {
			return err
		}
		// Only what is read after the lock counts.
		if c, err = tx.Closure(ctx, id); err != nil {
			return err
		}
		return fn(tx, &c, s.Now())
	})
	return c, err
}

// move takes a closure through the table and writes down that it did: state,
// timeline, audit entry.
func (s *Service) move(ctx context.Context, tx Tx, c *Closure, e Event, p *policy.Policy, by audit.Actor, now time.Time) error {
	next, ok := stateAfter(c.State, e, planOf(p))
	if !ok {
		return errState(c.State, e)
	}
	c.State = next
	if next.Ended() {
		c.EndedAt, c.EndCause, c.WakeAt = now, e, time.Time{}
	}
	if err := s.record(ctx, tx, c, string(e), by, now, nil); err != nil {
		return err
	}
	if next == Erasing {
		if err := s.beginErasure(ctx, tx, c, p, now); err != nil {
			return err
		}
	}
	return nil
}

// record appends one line to the timeline and to the audit log.
func (s *Service) record(ctx context.Context, tx Tx, c *Closure, event string, by audit.Actor, now time.Time, data map[string]string) error {
	e := audit.Entry{ID: s.NewID(), At: now, Actor: by, Action: "closure." + event, Account: c.Account, Object: c.ID, Data: data}
	if err := tx.AppendAudit(ctx, e); err != nil {
		return err
	}
	return tx.AddHappening(ctx, c.ID, Happening{AuditID: e.ID, Event: event, At: now})
}

func planOf(p *policy.Policy) ways {
	plan := ways{review: p.Review != nil, coolingOff: p.CoolingOff != nil, signInWithdraws: true}
	if p.CoolingOff != nil {
		plan.signInWithdraws = p.CoolingOff.SignIn == policy.SignInWithdraws
	}
	return plan
}

// tell puts a notice about a closure into the outbox.
func (s *Service) tell(ctx context.Context, tx Tx, c *Closure, kind string, args map[string]string, now time.Time) error {
	return inbox.Tell(ctx, tx, signal.Notice{ID: s.NewID(), Account: c.Account, Kind: kind, Locale: c.Locale, Args: args, CreatedAt: now})
}

var system = audit.System()

func member(account string) audit.Actor { return audit.Actor{Kind: "member", ID: account} }
