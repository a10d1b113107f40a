package dissolution

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
)

// Announce records the public notice and starts its clock. It answers
// prerequisites_missing with each that has no accepted attestation, and
// notice_reference_taken. Whoever is no operator cannot date the notice before
// the dissolution's start: the clock cannot be skipped.
func (s *Service) Announce(ctx context.Context, by audit.Actor, id string, n Notice) (Dissolution, error) {
	day, err := n.check()
	if err != nil {
		return Dissolution{}, err
	}
	return s.change(ctx, id, func(tx Tx, d *Dissolution, now time.Time) error {
		if err := leads(ctx, tx, by, d.Organisation); err != nil {
			return unknownTo(err)
		}
		if err := s.mayAnnounce(ctx, tx, by, d, n, day, now); err != nil {
			return err
		}
		d.Notice, d.EndsAt = n, d.Kind.until(day)
		d.WakeAt = now // the members are told
		if err := s.move(ctx, tx, d, announce, by, now, map[string]string{"kind": string(d.Kind), "published_on": n.Published}); err != nil {
			return err
		}
		return tx.SaveDissolution(ctx, *d)
	})
}

func (s *Service) mayAnnounce(ctx context.Context, tx Tx, by audit.Actor, d *Dissolution, n Notice, day, now time.Time) error {
	if d.State != Attesting {
		return errState(d.State, announce)
	}
	all, err := tx.Evidence(ctx, d.ID)
	if err != nil {
		return err
	}
	if gaps := missing(all); len(gaps) > 0 {
		e := fault.New(fault.Conflict, "prerequisites_missing", "kinds", gaps)
		for _, k := range gaps {
			e = e.At(k, "prerequisite_missing")
		}
		return e
	}
	first := d.StartedAt.In(zone).Format(time.DateOnly)
	switch {
	case day.After(now):
		return fault.Wrong().At("published_on", "notice_in_future")
	case by.Kind != audit.KindOperator && n.Published < first:
		return fault.Wrong().At("published_on", "notice_before_start", "first", first)
	}
	taken, err := tx.Dissolutions(ctx, Filter{Reference: n.Reference, Open: true, Limit: 1})
	if err == nil && len(taken) > 0 {
		err = fault.New(fault.Conflict, "notice_reference_taken")
	}
	return err
}

func (n *Notice) check() (time.Time, error) {
	bad := fault.Wrong()
	n.Media, n.Reference = strings.TrimSpace(n.Media), strings.TrimSpace(n.Reference)
	day, err := time.ParseInLocation(time.DateOnly, n.Published, zone)
	if err != nil {
		bad = bad.At("published_on", "day_malformed")
	}
	for field, text := range map[string]string{"media": n.Media, "reference": n.Reference} {
		switch {
		case text == "":
			bad = bad.At(field, "required")
		case utf8.RuneCountInString(text) > 100:
			bad = bad.At(field, "text_too_long", "max", 100)
		}
	}
	if len(bad.Fields) > 0 {
		return day, bad
	}
	return day, nil
}
