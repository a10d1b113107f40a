// Package people holds the console's pages about organisations. They show
// departments, members and who is online, and sign people out.
package people

import (
	"strings"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/directory"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// Pages are the pages and what they stand on.
type Pages struct {
	Access    *access.Service
	Accounts  *identity.Service
	Orgs      *org.Service
	Sessions  *session.Service
	Closures  *closure.Service
	Directory *directory.Service
}

// Mount adds the pages. Each of them asks what the caller may do: who is no admin
// of an organisation does not learn that there is one.
func (p *Pages) Mount(d *visit.Desk) {
	d.Get("/console/organisations", visit.Member(), p.organisations)
	d.Get("/console/organisations/new", visit.Role(identity.Operator), p.organisationNew)
	d.Post("/console/organisations/new", visit.Role(identity.Operator), p.organisationCreate)
	d.Get("/console/organisations/{id}", visit.Member(), p.organisation)
	d.Get("/console/organisations/{id}/online", visit.Member(), p.online)
	d.Get("/console/organisations/{id}/people", visit.Member(), p.members)
	d.Post("/console/organisations/{id}/people", visit.Member(), p.search)
	d.Get("/console/organisations/{id}/people/add", visit.Member(), p.memberAdd)
	d.Post("/console/organisations/{id}/people/add", visit.Member(), p.memberAddSend)
	d.Post("/console/organisations/{id}/people/import", visit.Member(), p.memberImport)
	d.Post("/console/organisations/{id}/people/chosen", visit.Member(), p.signOutChoose)
	d.Get("/console/organisations/{id}/people/{account}", visit.Member(), p.member)
	d.Post("/console/organisations/{id}/people/{account}/place", visit.Member(), p.memberPlace)
	d.Post("/console/organisations/{id}/people/{account}/todos", visit.Member(), p.memberTodo)
	d.Post("/console/organisations/{id}/people/{account}/attestations", visit.Member(), p.memberAttest)
	d.Get("/console/organisations/{id}/people/{account}/remove", visit.Member(), p.memberRemove)
	d.Post("/console/organisations/{id}/people/{account}/remove", visit.Member(), p.memberRemoveSend)
	d.Get("/console/organisations/{id}/departments", visit.Member(), p.departmentList)
	d.Post("/console/organisations/{id}/departments", visit.Member(), p.departmentCreate)
	d.Get("/console/organisations/{id}/sign-out", visit.Member(), p.signOut)
	d.Post("/console/organisations/{id}/sign-out", visit.Member(), p.signOutSend)

	d.Get("/console/orders", visit.Member(), p.orders)
	d.Get("/console/orders/{id}", visit.Member(), p.order)
	d.Post("/console/orders/{id}/approve", visit.Member(), p.orderApprove)
	d.Post("/console/orders/{id}/refuse", visit.Member(), p.orderRefuse)
}

// perPage is how many rows a page of a list has.
const perPage = 30

// place is the organisation that a page is about, and as whom one acts on it.
type place struct {
	org.Organisation
	by audit.Actor
}

func (l place) path(more string) string { return "/console/organisations/" + l.ID + more }

// person is the page of a member.
func (l place) person(account string) string { return l.path("/people/" + account) }

// enter finds the organisation in the address and refuses who does not manage it.
func (p *Pages) enter(v *visit.Visit) (l place, err error) {
	id := v.Part("id")
	if !visit.Plain(id) {
		return l, org.ErrNoOrganisation()
	}
	if l.by, err = v.Manages(id); err != nil {
		return l, err
	}
	l.Organisation, err = p.Orgs.Get(v.Context(), id)
	return l, err
}

// called is what somebody is called, for want of a name the account's id.
func called(names map[string]string, account string) string {
	if n := names[account]; n != "" {
		return n
	}
	return account
}

// node is a department at its place in the tree.
type node struct {
	org.Department
	depth int
}

// tree puts departments, parents before children, into the order of a tree.
func tree(all []org.Department) []node {
	below := map[string][]org.Department{}
	for _, d := range all {
		below[d.Parent] = append(below[d.Parent], d)
	}
	out := make([]node, 0, len(all))
	var walk func(parent string, depth int)
	walk = func(parent string, depth int) {
		for _, d := range below[parent] {
			out = append(out, node{d, depth})
			walk(d.ID, depth+1)
		}
	}
	walk("", 0)
	return out
}

// departmentNames gives names by id.
func departmentNames(all []node) map[string]string {
	names := map[string]string{}
	for _, d := range all {
		names[d.ID] = d.Name
	}
	return names
}

// departmentOptions is the tree as a list to choose from, first the entry for none.
func departmentOptions(none string, all []node) []ui.Option {
	out := []ui.Option{{Label: none}}
	for _, d := range all {
		out = append(out, ui.Option{Value: d.ID, Label: strings.Repeat("　", d.depth) + d.Name})
	}
	return out
}

func (p *Pages) departments(v *visit.Visit, organisation string) ([]node, error) {
	all, err := p.Orgs.Departments(v.Context(), organisation)
	return tree(all), err
}
