package leave

import (
	"errors"

	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/visit"
	"github.com/signoff-id/signoff/internal/work"
)

// How far a sign-out reaches.
const (
	fromHere       = "here"       // this device
	fromEverywhere = "everywhere" // all of the person's devices
)

// signOutData is what the page of the sign-out shows.
type signOutData struct {
	reach  string
	others int // the person's sessions elsewhere
	work   []work.Lease
}

// own says which sessions end.
func own(v *visit.Visit, reach string) (o session.Own) {
	if reach != fromEverywhere {
		o.Device = v.Caller.Session.Device.ID
	}
	return o
}

func (p *Pages) signOut(v *visit.Visit) error {
	reach := v.Query("reach")
	work, err := p.Sessions.InHand(v.Context(), own(v, reach).Whose(v.Account()))
	if err != nil {
		return err
	}
	return p.showSignOut(v, 200, signOutData{reach: reach, work: work})
}

func (p *Pages) showSignOut(v *visit.Visit, status int, data signOutData) (err error) {
	if data.others, err = p.others(v); err != nil {
		return err
	}
	page, err := v.Page(v.T("page.sign_out.title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, signOutPage(page, data))
}

// others counts the person's sessions on other devices.
func (p *Pages) others(v *visit.Visit) (n int, err error) {
	all, err := p.Sessions.List(v.Context(), v.Account())
	for _, s := range all {
		if s.Device.ID != v.Caller.Session.Device.ID {
			n++
		}
	}
	return n, err
}

// signOutSend ends the sessions and leaves nothing of them in the browser.
func (p *Pages) signOutSend(v *visit.Visit) error {
	reach := v.Value("reach")
	others, err := p.others(v)
	if err != nil {
		return err
	}
	o := own(v, reach)
	o.Force = v.Value("anyway") == "yes"
	_, err = p.Sessions.SignOutOwn(v.Context(), v.Account(), o)
	var pending *work.Pending
	if errors.As(err, &pending) {
		return p.showSignOut(v, 409, signOutData{reach: reach, work: pending.Leases})
	}
	if err != nil {
		return err
	}
	v.ForgetSession(false)
	to := "/signed-out"
	if reach != fromEverywhere && others > 0 {
		to += "?elsewhere=yes"
	}
	if v.Value("page_version") != "" && !v.Current() {
		v.Tell("info", "page.newer_now")
	}
	return v.Go(to)
}

// signedOut says that it is done, and that other sessions live on where they do.
func (p *Pages) signedOut(v *visit.Visit) error {
	page, err := v.Page(v.T("page.signed_out.title"))
	if err != nil {
		return err
	}
	return v.Show(signedOutPage(page, v.Query("elsewhere") == "yes"))
}
