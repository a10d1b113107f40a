package e2e_test

import (
	"slices"
	"testing"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/config"
)

func TestRestarts(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.run(t, "a restart in the cooling off", aRestartInTheCoolingOff)
		s.run(t, "a restart in an erasure", aRestartInAnErasure)
		s.run(t, "a restart without a data holder", aRestartWithoutADataHolder)
	})
}

// The program is down when the cooling-off ends, and catches up.
func aRestartInTheCoolingOff(t *testing.T, s *stage) {
	ctx := t.Context()
	goes, stays := s.person(), s.person()
	s.works(goes)
	profile, rows := s.settled(stays)
	begun, changed := s.approved(goes, client.NewClosure{Policy: "wecom"}), s.approved(stays, client.NewClosure{Policy: "wecom"})
	s.restart(func() { s.Clock.Advance(10 * day) })
	status, err := s.with("").ClosureStatus(ctx, begun.StatusToken)
	if err != nil || status.State != client.CoolingOff || *status.DaysLeft != 5 {
		t.Errorf("after the restart: %+v, %v", status, err)
	}
	if _, err := s.with("").WithdrawByLink(ctx, changed.StatusToken); err != nil {
		t.Error(err)
	}
	s.restart(func() { s.Clock.Advance(6 * day) })
	done := s.reaches(begun.Closure.ID, client.Closed)
	file, err := s.with("").CertificateByLink(ctx, begun.StatusToken)
	s.Must(err)
	s.says(t, s.verified(file), done)
	s.asBefore(t, stays, profile, rows)
}

// The program stops in the middle of an erasure, twice, and ends it as if it
// had never stopped.
func aRestartInAnErasure(t *testing.T, s *stage) {
	p := s.person()
	s.works(p)
	s.crm.goAway(t)
	begun := s.confirmed(p, "dingtalk")
	s.failing(begun.Closure.ID)
	s.restart(func() {})
	if got := s.reaches(begun.Closure.ID, client.Erasing); len(got.Parts) != 2 {
		t.Errorf("after the restart: %+v", got)
	}
	s.restart(func() {
		s.crm.comeBack(t)
		s.Clock.Advance(day)
	})
	done := s.reaches(begun.Closure.ID, client.Closed)
	file, err := s.operator.Certificate(t.Context(), done.ID)
	s.Must(err)
	s.says(t, s.verified(file), done)
	s.nothingLeft(t, p)
	if s.crm.mentions(t, p) != 0 {
		t.Error("rows are left")
	}
}

// A data holder that the configuration has lost is not skipped: the erasure
// waits for it, and says so.
func aRestartWithoutADataHolder(t *testing.T, s *stage) {
	ctx := t.Context()
	p := s.person()
	s.works(p)
	s.crm.goAway(t)
	begun := s.confirmed(p, "dingtalk")
	s.failing(begun.Closure.ID)
	all := s.Config.Holders
	s.restart(func() {
		s.crm.comeBack(t)
		s.Config.Holders = slices.DeleteFunc(slices.Clone(all), func(h config.Holder) bool { return h.Name == "crm" })
		s.Clock.Advance(day)
	})
	s.until("the part to miss its holder", func() bool {
		s.Clock.Advance(s.Config.Erasure.TryTimeout)
		return s.failing(begun.Closure.ID).LastError == "holder_unknown"
	})
	if _, err := s.operator.CheckHolder(ctx, "crm"); !client.HasCode(err, "holder_unknown") {
		t.Errorf("the check: %v", err)
	}
	if got := s.reaches(begun.Closure.ID, client.Erasing); got.State != client.Erasing || s.crm.mentions(t, p) == 0 {
		t.Errorf("without its holder the closure is %+v", got)
	}
	s.restart(func() { s.Config.Holders = all })
	if err := s.operator.RetryPart(ctx, begun.Closure.ID, "crm"); err != nil && !client.HasCode(err, "part_not_open") { // it may be done already
		t.Error(err)
	}
	done := s.reaches(begun.Closure.ID, client.Closed)
	file, err := s.operator.Certificate(ctx, done.ID)
	s.Must(err)
	s.says(t, s.verified(file), done)
}
