package people

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// signOutPath is the page that asks before others are signed out.
func signOutPath(l place, scope session.Scope, target string, more ...string) string {
	return visit.Address(l.path("/sign-out"), append([]string{"scope", string(scope), "target", target}, more...)...)
}

// signOutData is what that page shows.
type signOutData struct {
	place
	scope   session.Scope
	targets []string // one, but of people: in the address they have commas between them
	of      string   // the account whose session or device it is
	people  []person // that are named
	device  session.Device
	app     string
	unit    string // the department's name
	nobody  bool   // nothing was chosen
	over    bool   // the session or device is signed out already
	mine    bool   // the session in hand ends, too
	would   session.Affected
	most    time.Duration // the longest grace
	form    ui.Form
}

// back is where the page was come from.
func (d signOutData) back() string {
	switch {
	case len(d.people) == 1:
		return d.person(d.people[0].Account)
	case d.scope == session.OnePerson:
		return d.path("/people")
	case d.scope == session.ADepartment:
		return d.path("/departments")
	default:
		return d.path("")
	}
}

func (d signOutData) several() session.Several {
	return session.Several{Organisation: d.ID, Accounts: d.targets}
}

func (d signOutData) order() session.Order {
	o := session.Order{Scope: d.scope, Organisation: d.ID}
	if len(d.targets) > 0 {
		o.Target = d.targets[0]
	}
	return o
}

// many says whether the order names people one by one.
func (d signOutData) many() bool { return d.scope == session.OnePerson && len(d.targets) > 1 }

// graces are what can be chosen, in seconds.
func (d signOutData) graces(p *ui.Page) []ui.Option {
	out := []ui.Option{{Value: "0", Label: p.T("page.people.grace_none")}}
	for _, minutes := range []int{1, 5, 10} {
		if grace := time.Duration(minutes) * time.Minute; grace <= d.most {
			out = append(out, ui.Option{Value: strconv.Itoa(int(grace.Seconds())), Label: p.T("page.people.grace_minutes", "count", minutes)})
		}
	}
	return out
}

// signOutChoose takes the people who were chosen in the list to the page that asks.
func (p *Pages) signOutChoose(v *visit.Visit) error {
	l, err := p.enter(v)
	if err != nil {
		return err
	}
	chosen := v.R.PostForm["target"]
	if len(chosen) == 0 {
		return p.nothingToEnd(v, signOutData{place: l, nobody: true})
	}
	return v.Go(signOutPath(l, session.OnePerson, strings.Join(chosen[:min(len(chosen), session.MostAtOnce)], ",")))
}

// signOut asks before others are signed out, and says what would happen.
func (p *Pages) signOut(v *visit.Visit) error {
	d, err := p.readSignOut(v, v.R.URL.Query())
	if err != nil {
		return err
	}
	if d.nobody || d.over {
		return p.nothingToEnd(v, d)
	}
	return p.showSignOut(v, 200, d)
}

func (p *Pages) nothingToEnd(v *visit.Visit, d signOutData) error {
	if d.nobody {
		v.Tell("warning", "page.people.nobody_chosen")
		return v.Go(d.path("/people"))
	}
	v.Tell("info", "page.people.over_already")
	return v.Go(d.back())
}

// readSignOut finds what is to end. What is not in the organisation is not there,
// and who may not end it is told so: by the same questions as the order itself.
func (p *Pages) readSignOut(v *visit.Visit, in map[string][]string) (d signOutData, err error) {
	if d.place, err = p.enter(v); err != nil {
		return d, err
	}
	first := func(name string) string {
		if all := in[name]; len(all) > 0 && visit.Plain(all[0]) {
			return all[0]
		}
		return ""
	}
	d.scope, d.of, d.most = session.Scope(first("scope")), first("of"), p.Sessions.MostGrace
	if d.scope != session.Organisation {
		d.targets = slices.DeleteFunc(strings.Split(strings.Join(in["target"], ","), ","), func(id string) bool { return !visit.Plain(id) })
		if d.nobody = len(d.targets) == 0; d.nobody {
			return d, nil
		}
	}
	if d.scope != session.OnePerson && len(d.targets) > 1 {
		d.targets = d.targets[:1]
	}
	if d.many() {
		d.would, err = p.Sessions.PreviewEach(v.Context(), d.by, d.several())
	} else {
		d.would, err = p.Sessions.Preview(v.Context(), d.by, d.order())
	}
	if err != nil {
		return d, err
	}
	err = p.nameSignOut(v, &d)
	return d, err
}

// nameSignOut reads what that is called.
func (p *Pages) nameSignOut(v *visit.Visit, d *signOutData) error {
	switch d.scope {
	case session.ADepartment:
		return p.nameDepartment(v, d)
	case session.Organisation:
		m, err := v.Callers().Membership(v.Context(), d.ID, v.Account())
		d.mine = m.Account != ""
		return err
	case session.OnePerson:
		for _, id := range slices.Compact(slices.Sorted(slices.Values(d.targets))) {
			if err := p.namePerson(v, d, id); err != nil {
				return err
			}
		}
		return nil
	}
	if err := p.namePerson(v, d, d.of); err != nil {
		return err
	}
	all, err := p.Sessions.SessionsOf(v.Context(), d.by, d.ID, d.of)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.ID == d.targets[0] || s.Device.ID == d.targets[0] {
			d.device, d.app = s.Device, s.App
			d.mine = d.mine || s.ID == v.Caller.Session.ID
		}
	}
	d.over = d.device.ID == ""
	return nil
}

func (p *Pages) nameDepartment(v *visit.Visit, d *signOutData) error {
	tree, err := p.departments(v, d.ID)
	if err != nil {
		return err
	}
	m, err := v.Callers().Membership(v.Context(), d.ID, v.Account())
	for _, n := range tree {
		if n.ID == d.targets[0] {
			d.unit = n.Name
		}
		if n.ID == m.Department { // the path has the ids of all departments above
			d.mine = slices.Contains(strings.Split(n.Path, "/"), d.targets[0])
		}
	}
	return err
}

func (p *Pages) namePerson(v *visit.Visit, d *signOutData, account string) error {
	m, err := v.Callers().MustBeMember(v.Context(), d.ID, account)
	if err != nil {
		return err
	}
	a, err := p.Accounts.Get(v.Context(), account)
	d.people = append(d.people, personOf(m, a))
	d.mine = d.mine || d.scope == session.OnePerson && account == v.Account()
	return err
}

func (p *Pages) showSignOut(v *visit.Visit, status int, d signOutData) error {
	page, err := v.Page(v.T("page.people.sign_out_title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, signOutPage(page, d))
}

// signOutSend gives the order.
func (p *Pages) signOutSend(v *visit.Visit) error {
	d, err := p.readSignOut(v, v.R.PostForm)
	if err != nil {
		return err
	}
	if d.nobody || d.over {
		return p.nothingToEnd(v, d)
	}
	ended, waiting, err := p.giveOrder(v, d)
	if err != nil {
		if d.form, err = v.Again(err); err != nil {
			return err
		}
		return p.showSignOut(v, d.form.Problem.Status, d)
	}
	switch {
	case waiting > 0:
		v.Tell("warning", "page.people.order_waits")
		return v.Go("/console/orders")
	case ended == session.Everybody:
		v.Tell("success", "page.people.all_signed_out")
	default:
		v.Tell("success", "page.people.were_signed_out", "number", v.Words().Number(ended))
	}
	return v.Go(d.back())
}

func (p *Pages) giveOrder(v *visit.Visit, d signOutData) (ended, waiting int, err error) {
	seconds, _ := strconv.Atoi(v.Value("grace_seconds"))
	grace := time.Duration(seconds) * time.Second
	if d.many() {
		o := d.several()
		o.Reason, o.Grace = v.Value("reason"), grace
		return p.Sessions.ForceEach(v.Context(), d.by, o)
	}
	o := d.order()
	o.Reason, o.Grace = v.Value("reason"), grace
	done, err := p.Sessions.Force(v.Context(), d.by, o)
	if done.Waiting != nil {
		waiting = 1
	}
	return done.Ended, waiting, err
}
