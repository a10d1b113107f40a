package app_test

import (
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/session"
)

// An order that lacks something is refused with the place, and ends nothing.
func TestAnOrderIsWhole(t *testing.T) {
	w := apptest.New(t, "sqlite")
	p := newDuty(w)
	for what, c := range map[string]struct {
		order session.Order
		wrong string
	}{
		"no reason":             {session.Order{Scope: session.OnePerson, Target: p.victim, Reason: " "}, "reason"},
		"a reason too long":     {session.Order{Scope: session.OnePerson, Target: p.victim, Reason: strings.Repeat("因", 501)}, "reason"},
		"an unknown scope":      {session.Order{Scope: "planet", Target: p.victim, Reason: "x"}, "scope"},
		"nobody":                {session.Order{Scope: session.OnePerson, Reason: "x"}, "target"},
		"no session":            {session.Order{Scope: session.OneSession, Reason: "x"}, "target"},
		"no device":             {session.Order{Scope: session.ADevice, Reason: "x"}, "target"},
		"no department":         {session.Order{Scope: session.ADepartment, Organisation: p.o.ID, Reason: "x"}, "target"},
		"whose department":      {session.Order{Scope: session.ADepartment, Target: "d", Reason: "x"}, "organisation_id"},
		"which organisation":    {session.Order{Scope: session.Organisation, Reason: "x"}, "organisation_id"},
		"whole, and just right": {session.Order{Scope: session.OnePerson, Target: p.victim, Reason: strings.Repeat("因", 500)}, ""},
	} {
		for _, ask := range []func() error{
			func() error { return second(w.App.Sessions.Preview(t.Context(), app.Actor(), c.order)) },
			func() error { return second(w.App.Sessions.Force(t.Context(), app.Actor(), c.order)) },
		} {
			err := ask()
			if c.wrong == "" && err == nil {
				continue
			}
			if f := fault.Of(err); f == nil || c.wrong == "" || len(f.Fields) != 1 || f.Fields[0].Path != c.wrong {
				t.Errorf("%s: %v", what, err)
			}
		}
	}
	if _, err := w.App.Sessions.Force(t.Context(), app.Actor(), session.Order{Scope: session.ADevice, Target: "no such device", Reason: "x"}); !fault.Is(err, "device_not_found") {
		t.Errorf("a device of nobody: %v", err)
	}
	if _, err := w.App.Sessions.Force(t.Context(), p.one, session.Order{Scope: session.OnePerson, Organisation: p.o.ID, Target: p.one.ID, Reason: "going home"}); err != nil {
		t.Errorf("an admin signs out the own sessions: %v", err)
	}
	stranger := actor(audit.KindAdmin, p.victim)
	if _, err := w.App.Sessions.Force(t.Context(), stranger, session.Order{Scope: session.OnePerson, Target: p.victim, Reason: "x"}); !fault.Is(err, "organisation_not_found") {
		t.Errorf("an admin of nothing: %v", err)
	}
	if _, err := w.App.Sessions.Force(t.Context(), app.Actor(), session.Order{Scope: session.OnePerson, Organisation: "no such organisation", Target: p.victim, Reason: "x"}); !fault.Is(err, "organisation_not_found") {
		t.Errorf("an organisation that is not there: %v", err)
	}
}
