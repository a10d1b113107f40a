package report

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
)

// MaxDays bounds one report.
const MaxDays = 366

// Period is the days of a report, both included.
type Period struct{ From, To time.Time } // midnight UTC of the day that is meant

// Days lists them, as in Tally.Day.
func (p Period) Days() (days []string) {
	for d := p.From; !d.After(p.To); d = d.AddDate(0, 0, 1) {
		days = append(days, d.Format(time.DateOnly))
	}
	return days
}

// Latest is the period of the latest days, today included.
func (s *Service) Latest(days int) Period {
	y, m, d := s.Now().In(s.Zone).Date()
	today := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return Period{today.AddDate(0, 0, 1-days), today}
}

// ParsePeriod reads two days, as 2026-11-26. It answers report_day_invalid and
// report_period_invalid, which say what is wrong with from or to.
func ParsePeriod(from, to string) (p Period, err error) {
	wrong := fault.Wrong()
	if p.From, err = time.Parse(time.DateOnly, from); err != nil {
		wrong = wrong.At("from", "report_day_invalid")
	}
	if p.To, err = time.Parse(time.DateOnly, to); err != nil {
		wrong = wrong.At("to", "report_day_invalid")
	}
	if len(wrong.Fields) == 0 && (p.To.Before(p.From) || p.To.Sub(p.From) >= MaxDays*24*time.Hour) {
		wrong = wrong.At("to", "report_period_invalid", "max", MaxDays)
	}
	if len(wrong.Fields) > 0 {
		return Period{}, wrong
	}
	return p, nil
}

// Report is the tallies of a period.
type Report struct {
	Days    []string
	Tallies []Tally // none that is zero
}

// Of gives the report of an organisation, or of Everywhere. Who may see it is for
// the caller to ask.
func (s *Service) Of(ctx context.Context, organisation string, p Period) (Report, error) {
	r := Report{Days: p.Days()}
	err := s.View(ctx, func(tx Tx) (err error) {
		r.Tallies, err = tx.Tallies(ctx, organisation, p.From.Format(time.DateOnly), p.To.Format(time.DateOnly))
		return err
	})
	return r, err
}

// Sum adds up a figure over the period, or one detail of it.
func (r Report) Sum(f Figure, details ...string) (n int64) {
	for _, line := range r.Line(f, details...) {
		n += line
	}
	return n
}

// Line gives a figure day by day: all its details together, or those named.
func (r Report) Line(f Figure, details ...string) []int64 {
	at := make(map[string]int, len(r.Days))
	for i, d := range r.Days {
		at[d] = i
	}
	line := make([]int64, len(r.Days))
	for _, t := range r.Tallies {
		if i, ok := at[t.Day]; ok && t.Figure == f && (len(details) == 0 || slices.Contains(details, t.Detail)) {
			line[i] += t.N
		}
	}
	return line
}

// Details lists those of a figure that were counted in the period, the most
// frequent first.
func (r Report) Details(f Figure) []string {
	sums := map[string]int64{}
	for _, t := range r.Tallies {
		if t.Figure == f {
			sums[t.Detail] += t.N
		}
	}
	return slices.SortedFunc(maps.Keys(sums), func(a, b string) int { return cmp.Or(cmp.Compare(sums[b], sums[a]), cmp.Compare(a, b)) })
}
