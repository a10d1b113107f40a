package app_test

import (
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/report"
	"github.com/signoff-id/signoff/internal/session"
)

// reported reads the report of today and the day before.
func reported(w *apptest.World, organisation string) report.Report {
	w.T.Helper()
	r, err := w.App.Reports.Of(w.T.Context(), organisation, w.App.Reports.Latest(2))
	w.Must(err)
	return r
}

// fold counts everything that has happened, by several who count at once.
func fold(w *apptest.World) {
	w.T.Helper()
	_, err := w.App.Audit.Sequence(w.T.Context())
	w.Must(err)
	errs := make([]error, 4)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() { _, errs[i] = w.App.Reports.Fold(w.T.Context()) })
	}
	all.Wait()
	w.Must(errors.Join(errs...))
}

func TestReportsCountEverythingOnce(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		o := newOffice(w) // one sign-in of the admin, on a desktop
		worker, name := o.worker("")
		_, stranger := w.Person()
		o.on(name, session.Phone)
		o.on(name, session.Phone)
		w.SignIn(stranger)
		fold(w)
		_, err := w.App.Sessions.SignOutAll(t.Context(), worker, "", "")
		w.Must(err)
		_, err = w.App.Sessions.Force(t.Context(), app.Actor(), session.Order{Scope: session.Organisation, Organisation: o.o.ID, Reason: "drill"})
		w.Must(err)
		fold(w)
		fold(w)
		all, ours := reported(w, report.Everywhere), reported(w, o.o.ID)
		for _, c := range []struct {
			what      string
			got, want int64
		}{
			{"sign-ins", all.Sum(report.SignIns), 4},
			{"those on phones", all.Sum(report.SignIns, session.Phone), 2},
			{"those of members", ours.Sum(report.SignIns), 3},
			{"sessions ended", all.Sum(report.SessionsEnded, string(session.BySelf)), 2},
			{"those of members", ours.Sum(report.SessionsEnded), 2},
			{"sign-outs of everybody", ours.Sum(report.MassSignOuts, string(session.ByAdmin)), 1},
			{"accounts", all.Sum(report.Accounts), 3},
		} {
			if c.got != c.want {
				t.Errorf("%s: %d, want %d", c.what, c.got, c.want)
			}
		}
	})
}

// Of a closure both the beginning and the end count for the organisation that
// the person was in, though at the end there is no membership any more.
func TestAReportFollowsAClosureToItsEnd(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		a, _ := w.Person()
		owner, _ := w.Person()
		o := w.Organisation(org.Admin, owner)
		w.Must(w.App.Orgs.PutMember(t.Context(), app.Actor(), org.Member{Organisation: o.ID, Account: a.ID, Role: org.Ordinary}))
		c := w.Confirm(a, "wecom").Closure
		fold(w)
		_, err := w.App.Closures.Approve(t.Context(), app.Actor(), c.ID)
		w.Must(err)
		before := w.App.Reports.Latest(1)
		w.Clock.Advance(15 * 24 * time.Hour)
		ended := w.Drain(c.ID).EndedAt
		fold(w)
		ours, err := w.App.Reports.Of(t.Context(), o.ID, report.Period{From: before.From, To: w.App.Reports.Latest(1).To})
		w.Must(err)
		for happened, want := range map[string]int64{"requested": 1, "confirmed": 1, "approved": 1, "closed": 1, "withdrawn": 0} {
			if got := ours.Sum(report.Closures, happened); got != want {
				t.Errorf("%s: %d, want %d", happened, got, want)
			}
		}
		at := slices.Index(ours.Days, ended.In(w.App.Reports.Zone).Format(time.DateOnly))
		if line := ours.Line(report.Closures, "closed"); at < 0 || line[at] != 1 {
			t.Errorf("closed on the days %v, want it on day %d", line, at)
		}
	})
}

// An organisation that has ended has no figures any more, and what is counted
// late makes no new ones. Those of the whole installation stay.
func TestNothingIsCountedForAnOrganisationThatHasEnded(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		a, name := w.Person()
		o := w.Organisation(org.Creator, a)
		w.SignIn(name)
		fold(w)
		if got := reported(w, o.ID).Sum(report.SignIns); got != 1 {
			t.Fatalf("%d sign-ins, want 1", got)
		}
		w.SignIn(name) // not counted yet
		id := announced(w, o)
		for range 20 {
			w.Must(w.App.Dissolutions.Step(t.Context(), id))
		}
		if v, err := w.App.Dissolutions.Get(t.Context(), app.Actor(), id); err != nil || v.State != dissolution.Closed {
			t.Fatalf("%s, %v", v.State, err)
		}
		fold(w)
		whole := report.Period{From: w.App.Reports.Latest(report.MaxDays).From, To: w.App.Reports.Latest(1).To}
		ours, err := w.App.Reports.Of(t.Context(), o.ID, whole)
		w.Must(err)
		all, err := w.App.Reports.Of(t.Context(), report.Everywhere, whole)
		w.Must(err)
		if len(ours.Tallies) != 0 || all.Sum(report.SignIns) != 2 {
			t.Errorf("%v is left; %d sign-ins everywhere, want 2", ours.Tallies, all.Sum(report.SignIns))
		}
	})
}
