package e2e_test

import (
	"slices"
	"testing"
	"time"

	"github.com/signoff-id/signoff/client"
)

func TestCalendars(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.Clock.Advance(time.Date(2031, 9, 29, 1, 0, 0, 0, time.UTC).Sub(s.Clock.Now())) // a Monday
		s.operator = s.asRoot()
		s.reviewer, s.auditor = s.staff(client.Reviewer), s.staff(client.Auditor)
		s.alarms = []string{"no calendar for the deadline"}
		s.run(t, "an erasure in a year without a calendar", anErasureInAYearWithoutACalendar)
		s.run(t, "a year without a calendar", aYearWithoutACalendar)
	})
}

// A year without a calendar is said aloud, and nothing begins; once it is
// uploaded, deadlines count it.
func aYearWithoutACalendar(t *testing.T, s *stage) {
	ctx := t.Context()
	p := s.person()
	asked, err := p.RequestClosure(ctx, client.NewClosure{Policy: "wecom"})
	s.Must(err)
	s.settle()
	before := s.dump()
	for range 2 {
		if _, err := p.ConfirmClosure(ctx, asked.ID, p.password); !client.HasCode(err, "calendar_year_unknown") || !client.HasStatus(err, 503) {
			t.Errorf("confirmed: %v", err)
		}
	}
	s.mustBe(before)
	if !s.alive(p.Token()) {
		t.Error("the session ended although nothing began")
	}
	for what, year := range map[string]string{
		"another year's day": "country: cn\nyear: 2031\nsource: x\nholidays: [2030-10-01]\n", "no day": "country: cn\nyear: 2031\nsource: x\nholidays: [soon]\n",
		"a surprise": "country: cn\nyear: 2031\nsource: x\nholidays: []\nworkday: []\n", "a day twice": "country: cn\nyear: 2031\nsource: x\nholidays: [2031-10-01, 2031-10-01]\n",
		"a comment only": "# 2031\n",
	} {
		if _, err := s.operator.PutCalendarYear(ctx, "cn", []byte(year)); !client.HasCode(err, "calendar_invalid") || len(fieldsOf(err)) == 0 {
			t.Errorf("a year with %s: %v", what, err)
		}
	}
	s.mustBe(before)
	year := "country: cn\nyear: 2031\nsource: a decree yet to come\nholidays: [2031-10-01, 2031-10-02, 2031-10-03]\nworkdays: [2031-10-04]\n"
	put, err := s.operator.PutCalendarYear(ctx, "cn", []byte(year))
	if err != nil || put.Year != 2031 || !slices.Equal(put.Workdays, []string{"2031-10-04"}) {
		t.Fatalf("put: %+v, %v", put, err)
	}
	begun, err := p.ConfirmClosure(ctx, asked.ID, p.password)
	s.Must(err)
	s.planted.add(begun.StatusToken)
	// Asked on Monday: two working days are Tuesday 30 September and, after
	// three holidays, the Saturday that is worked on.
	s.Clock.Advance(day)
	late := s.confirmed(s.person(), "wecom")
	for what, got := range map[string][2]string{"Monday": {begun.Closure.ReviewDueAt.UTC().Format(time.DateTime), "2031-10-04 16:00:00"},
		"Tuesday": {late.Closure.ReviewDueAt.UTC().Format(time.DateTime), "2031-10-06 16:00:00"}} {
		if got[0] != got[1] {
			t.Errorf("asked on %s, due %s, want %s", what, got[0], got[1])
		}
	}
	cal, err := s.auditor.Calendar(ctx, "cn")
	s.Must(err)
	var years []int
	for _, y := range cal.Years {
		years = append(years, y.Year)
	}
	if !slices.Equal(years, []int{2025, 2026, 2031}) {
		t.Errorf("years %v", years)
	}
	if _, err := s.operator.Calendar(ctx, "us"); !client.HasCode(err, "calendar_country_unknown") {
		t.Errorf("another country: %v", err)
	}
}

// An erasure is not held up by a missing calendar: its deadline is counted in
// calendar days, which is never too late.
func anErasureInAYearWithoutACalendar(t *testing.T, s *stage) {
	p := s.person()
	s.works(p)
	begun := s.confirmed(p, "dingtalk")
	done := s.reaches(begun.Closure.ID, client.Closed)
	if got := done.DeadlineAt.Sub(*done.ErasingAt); got != 15*day {
		t.Errorf("the deadline is %v after the start", got)
	}
}
