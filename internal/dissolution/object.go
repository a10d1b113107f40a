package dissolution

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
)

// Object raises an objection, by the public notice's reference: anybody may, and
// an operator records one that came by letter. The first one stops the clock. It
// answers dissolution_not_found for a reference under which nothing can be
// objected to (any more), and objections_full.
func (s *Service) Object(ctx context.Context, by audit.Actor, reference string, o Objection) (Objection, error) {
	if err := o.check(); err != nil {
		return Objection{}, err
	}
	id, err := s.byReference(ctx, strings.TrimSpace(reference))
	if err != nil {
		return Objection{}, err
	}
	o.ID, o.Dissolution, o.RecordedBy = s.NewID(), id, by.ID
	_, err = s.change(ctx, id, func(tx Tx, d *Dissolution, now time.Time) error {
		if d.State != Announced && d.State != Objected || d.State == Announced && !now.Before(d.EndsAt) {
			return ErrNotFound()
		}
		all, err := tx.Objections(ctx, d.ID)
		if err != nil {
			return err
		}
		if open(all) >= mostOpen {
			return fault.New(fault.Conflict, "objections_full")
		}
		o.RaisedAt = now
		if err := tx.InsertObjection(ctx, o); err != nil {
			return err
		}
		if d.State == Objected {
			return s.record(ctx, tx, d, "another_objection", by, now, nil)
		}
		d.ObjectedAt, d.Remaining, d.WakeAt = now, d.EndsAt.Sub(now), time.Time{}
		if err := s.move(ctx, tx, d, object, by, now, nil); err != nil {
			return err
		}
		return tx.SaveDissolution(ctx, *d)
	})
	return o, err
}

func (s *Service) byReference(ctx context.Context, reference string) (id string, err error) {
	if reference == "" {
		return "", ErrNotFound()
	}
	err = s.View(ctx, func(tx Tx) error {
		found, err := tx.Dissolutions(ctx, Filter{Reference: reference, Open: true, Limit: 1})
		if err != nil {
			return err
		}
		if len(found) == 0 {
			return ErrNotFound()
		}
		id = found[0].ID
		return nil
	})
	return id, err
}

func (o *Objection) check() error {
	bad := fault.Wrong()
	for _, f := range []struct {
		name string
		text *string
		most int
	}{{"name", &o.Name, 100}, {"contact", &o.Contact, 200}, {"text", &o.Words, 2000}} {
		*f.text = strings.TrimSpace(*f.text)
		switch {
		case *f.text == "":
			bad = bad.At(f.name, "required")
		case utf8.RuneCountInString(*f.text) > f.most:
			bad = bad.At(f.name, "text_too_long", "max", f.most)
		}
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}

// Hear sets the day of an objection's hearing.
func (s *Service) Hear(ctx context.Context, by audit.Actor, dissolution, objection string, at time.Time) (Objection, error) {
	return s.onObjection(ctx, by, dissolution, objection, func(tx Tx, d *Dissolution, o *Objection, now time.Time) error {
		if !at.After(now) {
			return fault.Wrong().At("at", "hearing_in_past")
		}
		o.HearingAt = at
		if err := tx.SaveObjection(ctx, *o); err != nil {
			return err
		}
		return s.record(ctx, tx, d, "hearing_set", by, now, nil)
	})
}

// DecideObjection ends an objection. One that is upheld cancels the dissolution;
// when the last open one is dismissed, the clock goes on where it stood.
func (s *Service) DecideObjection(ctx context.Context, by audit.Actor, dissolution, objection string, outcome Outcome, reason string) (Objection, error) {
	bad := fault.Wrong()
	if outcome != Upheld && outcome != Dismissed {
		bad = bad.At("outcome", "outcome_unknown")
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		bad = bad.At("reason", "required")
	}
	if len(bad.Fields) > 0 {
		return Objection{}, bad
	}
	return s.onObjection(ctx, by, dissolution, objection, func(tx Tx, d *Dissolution, o *Objection, now time.Time) error {
		o.Outcome, o.Reason, o.DecidedBy, o.DecidedAt = outcome, reason, by.ID, now
		if err := tx.SaveObjection(ctx, *o); err != nil {
			return err
		}
		all, err := tx.Objections(ctx, d.ID)
		if err != nil {
			return err
		}
		switch {
		case outcome == Upheld:
			if err := s.move(ctx, tx, d, uphold, by, now, nil); err != nil {
				return err
			}
			if err := tx.ForgetPapers(ctx, d.ID); err != nil {
				return err
			}
		case open(all) > 0:
			return s.record(ctx, tx, d, "one_objection_dismissed", by, now, nil)
		default:
			d.EndsAt = now.Add(d.Remaining)
			d.WakeAt, d.ObjectedAt, d.Remaining = d.EndsAt, time.Time{}, 0
			if err := s.move(ctx, tx, d, dismiss, by, now, nil); err != nil {
				return err
			}
		}
		return tx.SaveDissolution(ctx, *d)
	})
}

// onObjection changes an open objection, for a second person.
func (s *Service) onObjection(ctx context.Context, by audit.Actor, dissolution, objection string,
	fn func(tx Tx, d *Dissolution, o *Objection, now time.Time) error) (o Objection, err error) {
	_, err = s.change(ctx, dissolution, func(tx Tx, d *Dissolution, now time.Time) error {
		all, err := tx.Objections(ctx, d.ID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(o Objection) bool { return o.ID == objection })
		if i < 0 {
			return fault.New(fault.NotFound, "objection_not_found")
		}
		if err := impartial(ctx, tx, by, d); err != nil {
			return err
		}
		if o = all[i]; !o.Open() || d.State != Objected {
			return fault.New(fault.Conflict, "objection_decided")
		}
		return fn(tx, d, &o, now)
	})
	return o, err
}
