package dissolution

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/erasure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/keys"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/signal"
)

// Service is what organisations, reviewers, operators, the public and time do
// with dissolutions.
type Service struct {
	InTx  func(context.Context, func(Tx) error) error
	View  func(context.Context, func(Tx) error) error
	Now   func() time.Time
	NewID func() string
	Log   *slog.Logger

	Sessions *session.Service
	Policies *closure.Policies // for the calendar
	Holders  *holder.Set
	Audit    *audit.Log
	Ring     *keys.Ring
	Issuer   string // who signs certificates
	Tries    erasure.Tries
	// Probe is told the name of every point at which a crash must do no harm.
	Probe func(point string)
}

func (s *Service) probe(point string) {
	if s.Probe != nil {
		s.Probe("dissolution_" + point)
	}
}

// change loads a dissolution under its organisation's lock, lets fn change it,
// and saves it: one commit.
func (s *Service) change(ctx context.Context, id string, fn func(tx Tx, d *Dissolution, now time.Time) error) (Dissolution, error) {
	var d Dissolution
	err := s.InTx(ctx, func(tx Tx) error {
		var err error
		if d, err = s.locked(ctx, tx, id); err != nil {
			return err
		}
		return fn(tx, &d, s.Now())
	})
	return d, err
}

// locked takes the organisation's lock and reads the dissolution after it.
func (s *Service) locked(ctx context.Context, tx Tx, id string) (Dissolution, error) {
	d, err := tx.Dissolution(ctx, id)
	if err != nil {
		return d, err
	}
	if err := tx.LockOrganisation(ctx, d.Organisation); err != nil {
		return d, err
	}
	return tx.Dissolution(ctx, id)
}

// move takes a dissolution through the table and writes down that it did.
func (s *Service) move(ctx context.Context, tx Tx, d *Dissolution, e Event, by audit.Actor, now time.Time, data map[string]string) error {
	next, ok := stateAfter(d.State, e)
	if !ok {
		return errState(d.State, e)
	}
	d.State = next
	if next.ended() {
		d.EndedAt, d.EndCause, d.WakeAt = now, e, time.Time{}
	}
	return s.record(ctx, tx, d, string(e), by, now, data)
}

// record appends one line to the timeline and to the audit log.
func (s *Service) record(ctx context.Context, tx Tx, d *Dissolution, event string, by audit.Actor, now time.Time, data map[string]string) error {
	e := audit.Entry{ID: s.NewID(), At: now, Actor: by, Action: "dissolution." + event, Organisation: d.Organisation, Object: d.ID, Data: data}
	if err := tx.AppendAudit(ctx, e); err != nil {
		return err
	}
	return tx.AddDissolutionHappening(ctx, d.ID, closure.Happening{AuditID: e.ID, Event: event, At: now})
}

// leads refuses, inside the commit, everybody but operators, the organisation's
// creators and its legal representative.
func leads(ctx context.Context, tx Tx, by audit.Actor, organisation string) error {
	if by.Kind == audit.KindOperator {
		return nil
	}
	m, err := tx.Member(ctx, organisation, by.ID)
	switch {
	case err != nil:
		return err
	case m.Account == "":
		return org.ErrNoOrganisation()
	case m.Role != org.Creator && !slices.Contains(m.Offices, org.LegalRepresentative):
		return fault.New(fault.Forbidden, "dissolution_rights_required")
	}
	return nil
}

// impartial refuses a second person who is the first one: who has started or
// attested, or belongs to the organisation.
func impartial(ctx context.Context, tx Tx, by audit.Actor, d *Dissolution, others ...string) error {
	m, err := tx.Member(ctx, d.Organisation, by.ID)
	if err != nil {
		return err
	}
	if m.Account != "" || by.ID == d.StartedBy || slices.Contains(others, by.ID) {
		return fault.New(fault.Forbidden, "dissolution_own")
	}
	return nil
}

// tell puts a notice to one member into the outbox.
func (s *Service) tell(ctx context.Context, tx Tx, account, kind string, args map[string]string, now time.Time) error {
	a, err := tx.Account(ctx, account)
	if err != nil {
		return err
	}
	return tx.EnqueueNotice(ctx, signal.Notice{ID: s.NewID(), Account: account, Kind: kind, Locale: a.Locale, Address: a.Address(), Args: args, CreatedAt: now})
}

var system = audit.System()
