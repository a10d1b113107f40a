package security

import (
	"errors"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/visit"
	"github.com/signoff-id/signoff/internal/work"
)

// How far ending sessions reaches, as the API names it.
const (
	oneSession = "session"
	oneDevice  = "device"
	allOthers  = "others"
	allOfThem  = "all"
)

func (p *Pages) sessions(v *visit.Visit) error {
	all, err := p.Sessions.List(v.Context(), v.Account())
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.sessions.title"))
	if err != nil {
		return err
	}
	here := v.Caller.Session
	return v.Show(sessionsPage(page, visit.Seats(all, here.Device.ID), here.ID))
}

// endData is what the page that asks before sessions end shows.
type endData struct {
	scope, target string
	of            session.Session // one of those that end, where they are one device's
	count         int             // how many end
	mine          bool            // the one in hand is among them
	work          []work.Lease
}

// reach reads which of the person's sessions are meant, and finds them. What is
// not the person's own is not there.
func (p *Pages) reach(v *visit.Visit, scope, target string) (o session.Own, d endData, err error) {
	all, err := p.Sessions.List(v.Context(), v.Account())
	if err != nil {
		return o, d, err
	}
	d = endData{scope: scope, target: target}
	var meant func(session.Session) bool
	switch scope {
	case oneSession:
		o.Session, err = target, session.ErrNoSession()
		meant = func(s session.Session) bool { return s.ID == target }
	case oneDevice:
		o.Device, err = target, session.ErrNoDevice()
		meant = func(s session.Session) bool { return s.Device.ID == target }
	case allOthers:
		o.Except = v.Caller.Session.ID
		meant = func(s session.Session) bool { return s.ID != v.Caller.Session.ID }
	case allOfThem:
		meant = func(session.Session) bool { return true }
	default:
		return o, d, fault.New(fault.NotFound, "not_found")
	}
	for _, s := range all {
		if meant(s) {
			d.of, d.mine = s, d.mine || s.ID == v.Caller.Session.ID
			d.count++
		}
	}
	if d.count > 0 {
		err = nil
	}
	return o, d, err
}

// sessionsEnd asks, and shows what work would be cut off.
func (p *Pages) sessionsEnd(v *visit.Visit) error {
	o, d, err := p.reach(v, v.Query("scope"), v.Query("target"))
	if err != nil {
		return err
	}
	if d.work, err = p.Sessions.InHand(v.Context(), o.Whose(v.Account())); err != nil {
		return err
	}
	return showEnd(v, 200, d)
}

func showEnd(v *visit.Visit, status int, d endData) error {
	page, err := v.Page(v.T("page.sessions.end_title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, sessionsEndPage(page, d))
}

// sessionsEndSend ends the sessions; with the one in hand it is a sign-out.
func (p *Pages) sessionsEndSend(v *visit.Visit) error {
	o, d, err := p.reach(v, v.Value("scope"), v.Value("target"))
	if fault.Is(err, "session_not_found") || fault.Is(err, "device_not_found") {
		v.Tell("info", "page.sessions.over_already")
		return v.Go("/settings/sessions")
	}
	if err != nil {
		return err
	}
	o.Force = v.Value("anyway") == "yes"
	n, err := p.Sessions.SignOutOwn(v.Context(), v.Account(), o)
	var pending *work.Pending
	if errors.As(err, &pending) {
		d.work = pending.Leases
		return showEnd(v, 409, d)
	}
	if err != nil {
		return err
	}
	if !d.mine {
		v.Tell("success", "page.sessions.ended", "count", number(v, n))
		return v.Go("/settings/sessions")
	}
	to := "/signed-out"
	if d.scope != allOfThem {
		left, err := p.Sessions.List(v.Context(), v.Account())
		if err != nil {
			return err
		}
		if len(left) > 0 {
			to += "?elsewhere=yes"
		}
	}
	v.ForgetSession(false)
	return v.Go(to)
}

func number(v *visit.Visit, n int) string { return v.Words().Number(n) }
