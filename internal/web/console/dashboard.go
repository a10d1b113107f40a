package console

import (
	"time"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/report"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

const (
	// soon is how far ahead of a deadline the first page speaks of it.
	soon = 3 * 24 * time.Hour
	// mostPressing is how many closures the first page lists.
	mostPressing = 10
)

// board is what somebody sees on the console's first page: what the own roles
// are about, and nothing else.
type board struct {
	*ui.Page
	Operator, Reviewer, Auditor bool

	Counts   map[closure.State]int
	Pressing []closure.Closure
	Online   session.Crowd // on the platform

	Queue []closure.Waiting // of reviews, the most urgent

	Recent   *report.Report // of the platform, or of the organisation in Place
	RecentOf string

	Place  *office // nil without an organisation of the own
	Places []ui.Option
}

// office is an organisation that the person administers.
type office struct {
	ID, Name string
	Online   session.Crowd
}

// dashboard is the console's first page.
func (p *Pages) dashboard(v *visit.Visit) error {
	page, err := v.Page(v.T("page.console.dashboard"))
	if err != nil {
		return err
	}
	if len(page.Console) == 0 {
		return fault.New(fault.Forbidden, "forbidden")
	}
	b := &board{Page: page}
	if b.Operator, err = v.Has(identity.Operator); err != nil {
		return err
	}
	if b.Reviewer, err = v.Has(identity.Reviewer); err != nil {
		return err
	}
	if b.Auditor, err = v.Has(identity.Auditor); err != nil {
		return err
	}
	for _, fill := range []func(*visit.Visit, *board) error{p.fillPlatform, p.fillQueue, p.fillPlace, p.fillRecent} {
		if err := fill(v, b); err != nil {
			return err
		}
	}
	return v.Show(dashboardPage(b))
}

// fillPlatform reads what operators look after.
func (p *Pages) fillPlatform(v *visit.Visit, b *board) (err error) {
	if !b.Operator {
		return nil
	}
	if b.Counts, err = p.Closures.Counts(v.Context()); err != nil {
		return err
	}
	if b.Pressing, err = p.Closures.Pressing(v.Context(), v.Now().Add(soon), mostPressing); err != nil {
		return err
	}
	b.Online, err = p.everywhere.count(v, p.Sessions)
	return err
}

// fillQueue reads what waits for reviewers.
func (p *Pages) fillQueue(v *visit.Visit, b *board) (err error) {
	if !b.Reviewer {
		return nil
	}
	if b.Counts == nil {
		if b.Counts, err = p.Closures.Counts(v.Context()); err != nil {
			return err
		}
	}
	b.Queue, err = p.Closures.Reviews(v.Context(), closure.Turn{}, 5)
	return err
}

// recently is how many days the first page tells of.
const recently = 14

// fillRecent reads what has happened lately: everywhere for operators and auditors, in the
// organisation that is shown for its admins.
func (p *Pages) fillRecent(v *visit.Visit, b *board) error {
	if !b.Operator && !b.Auditor && b.Place == nil {
		return nil
	}
	if b.RecentOf = report.Everywhere; !b.Operator && !b.Auditor {
		b.RecentOf = b.Place.ID
	}
	r, err := p.Reports.Of(v.Context(), b.RecentOf, p.Reports.Latest(recently))
	b.Recent = &r
	return err
}

// left says how long there is until a deadline, or that it has passed.
func (b *board) left(due time.Time) string {
	if left := b.Left(due); left != "" {
		return b.T("page.console.left", "time", left)
	}
	return b.T("page.console.overdue")
}

func (b *board) urgency(due time.Time) string {
	if due.After(b.Now) {
		return "yellow"
	}
	return "red"
}

func (b *board) open() []closure.State {
	return []closure.State{closure.Requested, closure.InReview, closure.CoolingOff, closure.Erasing}
}

func (b *board) ended() []closure.State {
	return []closure.State{closure.Closed, closure.Withdrawn, closure.Rejected, closure.Refused}
}

// state names a closure's state.
func (b *board) state(s closure.State) string { return b.T("page.console.state." + string(s)) }
