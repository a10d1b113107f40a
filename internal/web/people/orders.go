package people

import (
	"slices"
	"strings"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// order is an order to sign others out, with what the accounts and places in it
// are called.
type order struct {
	session.Waiting
	organisation string            // its name, "" for an operator's order without one
	unit         string            // the name of the department
	names        map[string]string // by account; of others than members only operators read them
	own          bool              // given by who looks
}

// ordersData is what the list of orders shows.
type ordersData struct {
	all   []order
	pages ui.Paging
}

// orders lists the orders that wait or waited for a second person, the newest
// first: all of them to operators, and to admins those of their organisations.
func (p *Pages) orders(v *visit.Visit) error {
	var d ordersData
	by, err := v.Callers().Commander(v.Context(), v.Caller)
	if err != nil {
		return err
	}
	among := []string{""}
	if by.Kind != audit.KindOperator {
		all, err := v.Callers().Managed(v.Context(), v.Caller)
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return fault.New(fault.Forbidden, "forbidden")
		}
		among = ids(all)
	}
	var found []session.Waiting
	for _, o := range among {
		of, err := p.Sessions.Orders(v.Context(), by, o, v.After(), perPage+1)
		if err != nil {
			return err
		}
		found = append(found, of...)
	}
	slices.SortFunc(found, func(a, b session.Waiting) int { return strings.Compare(b.ID, a.ID) })
	found, next := visit.Cut(found, perPage, func(w session.Waiting) string { return w.ID })
	d.pages = v.Paging(next, "/console/orders")
	for _, w := range found {
		o, err := p.nameOrder(v, by, w)
		if err != nil {
			return err
		}
		d.all = append(d.all, o)
	}
	page, err := v.Page(v.T("page.people.orders"))
	if err != nil {
		return err
	}
	return v.Show(ordersPage(page, d))
}

func ids(all []org.Organisation) (out []string) {
	for _, o := range all {
		out = append(out, o.ID)
	}
	return out
}

// nameOrder reads what an order is about. Admins read the names of their own
// members, and of nobody else.
func (p *Pages) nameOrder(v *visit.Visit, by audit.Actor, w session.Waiting) (o order, err error) {
	o = order{Waiting: w, own: w.By.ID == v.Account()}
	accounts := []string{w.By.ID, w.DecidedBy, w.Account}
	if in := w.Order.Organisation; in != "" {
		of, err := p.Orgs.Get(v.Context(), in)
		if err != nil {
			return o, err
		}
		o.organisation = of.Name
		if w.Order.Scope == session.ADepartment {
			all, err := p.departments(v, in)
			if err != nil {
				return o, err
			}
			o.unit = departmentNames(all)[w.Order.Target]
		}
		if by.Kind != audit.KindOperator {
			if accounts, err = p.membersOf(v, in, accounts); err != nil {
				return o, err
			}
		}
	}
	o.names, err = p.Accounts.Names(v.Context(), accounts)
	return o, err
}

// membersOf gives those accounts that are members.
func (p *Pages) membersOf(v *visit.Visit, organisation string, accounts []string) (in []string, err error) {
	for _, a := range accounts {
		if a == "" || a == "cli" {
			continue
		}
		m, err := v.Callers().Membership(v.Context(), organisation, a)
		if err != nil {
			return nil, err
		}
		if m.Account != "" {
			in = append(in, a)
		}
	}
	return in, nil
}

// orderData is what the page of one order shows.
type orderData struct {
	order
	would session.Affected // what it would end now
	form  ui.Form
}

// order shows one order, with what it would end now.
func (p *Pages) order(v *visit.Visit) error { return p.showOrder(v, 200, ui.Form{}) }

func (p *Pages) showOrder(v *visit.Visit, status int, f ui.Form) error {
	d := orderData{form: f}
	by, err := v.Callers().Commander(v.Context(), v.Caller)
	if err != nil {
		return err
	}
	w, would, err := p.Sessions.Order(v.Context(), by, v.Part("id"))
	if err != nil {
		return err
	}
	d.would = would
	if d.order, err = p.nameOrder(v, by, w); err != nil {
		return err
	}
	page, err := v.Page(v.T("page.people.order"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, orderPage(page, d))
}
