package people

import (
	"slices"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// memberData is what the page of one member shows.
type memberData struct {
	place
	person
	account  identity.Account
	operator bool // who looks: operators see everything that there is
	self     bool
	above    bool // the member outranks who looks, who changes nothing then
	owner    bool // who looks may give the two highest roles
	tree     []node
	seats    []visit.Seat
	todos    []org.Todo
	attested []org.Attestation
	closure  *closure.View // that runs; for operators
	which    string        // of the page's forms was refused
	form     ui.Form
}

// formOf is what was typed into one of the page's forms.
func (d memberData) formOf(which string) ui.Form {
	if which == d.which {
		return d.form
	}
	return ui.Form{}
}

// member shows one member of an organisation.
func (p *Pages) member(v *visit.Visit) error {
	l, m, err := p.enterMember(v)
	if err != nil {
		return err
	}
	return p.showMember(v, 200, memberData{place: l, person: person{Member: m}})
}

// enterMember finds the organisation and the member in the address. Who is no
// member of it is not there, whether or not there is an account.
func (p *Pages) enterMember(v *visit.Visit) (l place, m org.Member, err error) {
	if l, err = p.enter(v); err != nil {
		return l, m, err
	}
	account := v.Part("account")
	if !visit.Plain(account) {
		account = ""
	}
	m, err = v.Callers().MustBeMember(v.Context(), l.ID, account)
	return l, m, err
}

func (p *Pages) showMember(v *visit.Visit, status int, d memberData) error {
	if err := p.readMember(v, &d); err != nil {
		return err
	}
	page, err := v.Page(d.name)
	if err != nil {
		return err
	}
	return v.ShowAs(status, memberPage(page, d))
}

// memberAgain shows the page again with what was wrong with one of its forms.
func (p *Pages) memberAgain(v *visit.Visit, l place, m org.Member, which string, err error) error {
	form, err := v.Again(err)
	if err != nil {
		return err
	}
	return p.showMember(v, form.Problem.Status, memberData{place: l, person: person{Member: m}, which: which, form: form})
}

func (p *Pages) readMember(v *visit.Visit, d *memberData) (err error) {
	m := d.Member
	if d.account, err = p.Accounts.Get(v.Context(), m.Account); err != nil {
		return err
	}
	d.person = personOf(m, d.account)
	d.operator, d.self = d.by.Kind == audit.KindOperator, m.Account == v.Account()
	if d.owner, err = p.owns(v, d.place); err != nil {
		return err
	}
	if d.tree, err = p.departments(v, d.ID); err != nil {
		return err
	}
	if d.todos, d.attested, err = p.Orgs.DutiesIn(v.Context(), d.ID, m.Account); err != nil {
		return err
	}
	if err = p.readSeats(v, d); err != nil || !d.operator {
		return err
	}
	return p.readClosure(v, d)
}

// readSeats reads where the person is signed in, for those who may end it.
func (p *Pages) readSeats(v *visit.Visit, d *memberData) error {
	all, err := p.Sessions.SessionsOf(v.Context(), d.by, d.ID, d.Account)
	if fault.Is(err, "owner_required") {
		d.above = true
		return nil
	}
	d.seats = visit.Seats(all, "")
	return err
}

// readClosure finds a closure that runs. Admins of an organisation are not told.
func (p *Pages) readClosure(v *visit.Visit, d *memberData) error {
	all, err := p.Closures.List(v.Context(), closure.Filter{Account: d.Account, Limit: mostClosures})
	for _, c := range slices.Backward(all) {
		if c.EndedAt.IsZero() {
			d.closure = &c
			break
		}
	}
	return err
}

// mostClosures is how many closures of one account are looked at: one runs at
// most, and the others were withdrawn or refused.
const mostClosures = 200

// owns says whether who looks has one of the two highest roles, or is an operator.
func (p *Pages) owns(v *visit.Visit, l place) (bool, error) {
	if l.by.Kind == audit.KindOperator {
		return true, nil
	}
	m, err := v.Callers().Membership(v.Context(), l.ID, v.Account())
	return org.Owns(m.Role), err
}
