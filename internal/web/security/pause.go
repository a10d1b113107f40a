package security

import (
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
	"github.com/signoff-id/signoff/internal/work"
)

// pauseData is what the last page before a pause shows.
type pauseData struct {
	form     ui.Form
	tomorrow string // the first day that a pause may end on
	sessions int    // that end
	work     []work.Lease
	resolve  string // where to see to what stands in the way; "" for nowhere
}

// pause tells what a pause means.
func (p *Pages) pause(v *visit.Visit) error {
	page, err := v.Page(v.T("page.security.pause"))
	if err != nil {
		return err
	}
	return v.Show(pausePage(page))
}

// day is how a form writes a day (HTML Standard, 4.10.5.1.7).
const day = "2006-01-02"

// pauseConfirm asks until when, and shows what ends at once.
func (p *Pages) pauseConfirm(v *visit.Visit) error { return p.showPauseConfirm(v, 200, pauseData{}) }

func (p *Pages) showPauseConfirm(v *visit.Visit, status int, d pauseData) error {
	all, err := p.Sessions.List(v.Context(), v.Account())
	if err != nil {
		return err
	}
	d.sessions, d.tomorrow = len(all), v.Now().In(v.Words().Zone).AddDate(0, 0, 1).Format(day)
	if d.work, err = p.Sessions.InHand(v.Context(), session.Own{}.Whose(v.Account())); err != nil {
		return err
	}
	page, err := v.Page(v.T("page.security.pause"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, pauseConfirmPage(page, d))
}

// pauseConfirmSend lets the account rest: this browser is signed out with all
// others.
func (p *Pages) pauseConfirmSend(v *visit.Visit) error {
	until, err := untilDay(v)
	if err == nil {
		_, err = p.Access.Pause(v.Context(), v.AsMember(), v.Account(), until)
	}
	if err != nil {
		d := pauseData{resolve: resolveOf(v, err)}
		if d.form, err = v.Again(err); err != nil {
			return err
		}
		return p.showPauseConfirm(v, d.form.Problem.Status, d)
	}
	v.ForgetSession(false)
	if until.IsZero() {
		v.Tell("success", "page.pause.done")
	} else {
		v.Tell("success", "page.pause.done_until", "date", v.Words().Date(until))
	}
	return v.Go("/paused")
}

// untilDay reads the day on which the pause ends, in the person's time zone; the
// zero time for none.
func untilDay(v *visit.Visit) (until time.Time, err error) {
	typed := v.Value("until")
	if typed == "" {
		return until, nil
	}
	if until, err = time.ParseInLocation(day, typed, v.Words().Zone); err != nil {
		return until, fault.Wrong().At("until", "pause_until_wrong")
	}
	return until, nil
}

// resolveOf gives the page on which what stands in a pause's way is seen to.
func resolveOf(v *visit.Visit, err error) string {
	path := ""
	switch {
	case fault.Is(err, "closure_open"):
		path = "/settings/close-account"
	case fault.Is(err, "last_admin"):
		path = "/settings/organisations"
	}
	if path == "" || !v.Exists(path) {
		return ""
	}
	return path
}

// paused says how to come back, to whoever has just been signed out by it.
func (p *Pages) paused(v *visit.Visit) error {
	page, err := v.Page(v.T("page.pause.title_done"))
	if err != nil {
		return err
	}
	return v.Show(pausedPage(page))
}
