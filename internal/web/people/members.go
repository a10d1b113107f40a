package people

import (
	"slices"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// person is a member as a list shows it.
type person struct {
	org.Member
	name string // what to call the person: for want of a name, the hint or the id
	hint string // a masked identifier
	rest bool   // nobody gets into the account at present
}

// membersData is what the list of an organisation's people shows.
type membersData struct {
	place
	filter org.Filter
	tree   []node
	all    []person
	pages  ui.Paging
	form   ui.Form // of the search
	search string  // a word in names, which the list is for
	next   string  // where the search goes on, "" at its end
}

func (d membersData) filtered() bool { return d.filter != org.Filter{} }

// pairs are the filter as parameters of the address.
func (d membersData) pairs() []string {
	return []string{"department", d.filter.Department, "role", d.filter.Role, "state", d.filter.State}
}

// filterOf reads the filter; what there is not, filters nothing.
func filterOf(v *visit.Visit) (f org.Filter) {
	if of := v.Query("department"); visit.Plain(of) {
		f.Department = of
	}
	if role := v.Query("role"); slices.Contains(org.Roles(), role) {
		f.Role = role
	}
	if state := v.Query("state"); state == org.InUse || state == org.AtRest {
		f.State = state
	}
	return f
}

// members lists an organisation's people, a page at a time.
func (p *Pages) members(v *visit.Visit) (err error) {
	d := membersData{filter: filterOf(v)}
	if d.place, err = p.enter(v); err != nil {
		return err
	}
	found, err := p.Orgs.MembersWhere(v.Context(), d.ID, d.filter, v.After(), perPage+1)
	if err != nil {
		return err
	}
	page, next := visit.Cut(found, perPage, func(m org.Member) string { return m.Account })
	d.pages = v.Paging(next, d.path("/people"), d.pairs()...)
	if d.all, err = p.persons(v, page); err != nil {
		return err
	}
	return p.showMembers(v, 200, d)
}

func (p *Pages) showMembers(v *visit.Visit, status int, d membersData) (err error) {
	if d.tree, err = p.departments(v, d.ID); err != nil {
		return err
	}
	page, err := v.Page(v.T("page.people.people_of", "name", d.Name))
	if err != nil {
		return err
	}
	return v.ShowAs(status, membersPage(page, d))
}

// persons reads what members are called.
func (p *Pages) persons(v *visit.Visit, all []org.Member) ([]person, error) {
	ids := make([]string, 0, len(all))
	for _, m := range all {
		ids = append(ids, m.Account)
	}
	known, err := p.Accounts.Known(v.Context(), ids)
	out := make([]person, 0, len(all))
	for _, m := range all {
		out = append(out, personOf(m, known[m.Account]))
	}
	return out, err
}

func personOf(m org.Member, a identity.Account) person {
	p := person{Member: m, name: a.Name, hint: a.Hint(), rest: a.State != identity.Active}
	if p.name == "" {
		p.name, p.hint = p.hint, ""
	}
	if p.name == "" {
		p.name = m.Account
	}
	return p
}

// search finds people by a name to sign in with, exactly as it is, or by a word in
// what they are called. It is a form that is sent, because names are personal and
// must not stand in an address.
func (p *Pages) search(v *visit.Visit) (err error) {
	d := membersData{search: v.Value("search")}
	if d.place, err = p.enter(v); err != nil {
		return err
	}
	from := v.Value("after")
	if !visit.Plain(from) {
		from = ""
	}
	if from == "" {
		m, err := p.Orgs.Holder(v.Context(), d.ID, d.search)
		if err == nil {
			return v.Go(d.person(m.Account))
		}
		if !fault.Is(err, "member_not_found") {
			return err
		}
	}
	found, next, err := p.Orgs.Search(v.Context(), d.ID, d.search, from, perPage)
	if err != nil {
		if d.form, err = v.Again(err); err != nil {
			return err
		}
		d.search = ""
		return p.showMembers(v, d.form.Problem.Status, d)
	}
	d.next, d.form = next, v.Form()
	page := make([]org.Member, 0, len(found))
	for _, m := range found {
		page = append(page, m.Member)
	}
	if d.all, err = p.persons(v, page); err != nil {
		return err
	}
	return p.showMembers(v, 200, d)
}
