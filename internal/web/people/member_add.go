package people

import (
	"encoding/csv"
	"errors"
	"io"

	"github.com/signoff-id/signoff/internal/addressbook"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/directory"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// addData is what the page shows on which people are added.
type addData struct {
	place
	operator bool // finds accounts again that are not in the organisation yet
	one      ui.Form
	many     ui.Form
	report   *directory.Report // of many who were looked through
}

// memberAdd offers to add one person, or a list.
func (p *Pages) memberAdd(v *visit.Visit) error {
	l, err := p.enter(v)
	if err != nil {
		return err
	}
	return p.showAdd(v, 200, addData{place: l})
}

func (p *Pages) showAdd(v *visit.Visit, status int, d addData) error {
	d.operator = d.by.Kind == audit.KindOperator
	page, err := v.Page(v.T("page.people.add"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, addPage(page, d))
}

// personFields are what a new person is known by; they are headings of an address
// book, too.
func personFields() []string { return []string{"name", "email", "mobile", "username"} }

// memberAddSend adds one person: an address book with one row, by the same rules.
func (p *Pages) memberAddSend(v *visit.Visit) error {
	l, err := p.enter(v)
	if err != nil {
		return err
	}
	row := make([]string, 0, len(personFields()))
	for _, name := range personFields() {
		row = append(row, v.Value(name))
	}
	r, err := p.bring(v, l, func(to io.Writer) error {
		w := csv.NewWriter(to)
		return w.WriteAll([][]string{personFields(), row})
	}, directory.Options{Invite: v.Value("invite") == "yes"})
	switch {
	case err != nil:
	case r.Rows == 0:
		err = fault.Wrong().At("email", "identifier_required")
	case !r.Applied:
		err = oneRefused(r, row)
	}
	if err != nil {
		d := addData{place: l}
		if d.one, err = v.Again(err); err != nil {
			return err
		}
		return p.showAdd(v, d.one.Problem.Status, d)
	}
	return p.added(v, l, r, row[1:])
}

// added leads to the person who was added.
func (p *Pages) added(v *visit.Visit, l place, r directory.Report, names []string) error {
	v.Tell("success", "page.people.was_added")
	if r.Joined == 0 {
		v.Tell("info", "page.people.was_there")
	}
	for _, name := range names {
		m, err := p.Orgs.Holder(v.Context(), l.ID, name)
		if err == nil {
			return v.Go(l.person(m.Account))
		}
		if !fault.Is(err, "member_not_found") {
			return err
		}
	}
	return v.Go(l.path("/people"))
}

// oneRefused says at the fields why a person was not added. What concerns the
// whole row stands at the first name that was typed.
func oneRefused(r directory.Report, row []string) error {
	e := fault.Wrong()
	for _, x := range r.Refusals {
		f := fault.Field{Path: x.Column, Code: x.Code, Args: x.Args}
		for i, name := range personFields()[1:] {
			if f.Path == "" && row[i+1] != "" {
				f.Path = name
			}
		}
		if f.Path == "" {
			f.Path = "email"
		}
		e.Fields = append(e.Fields, f)
	}
	return e
}

// bring reads people and brings them into an organisation.
func (p *Pages) bring(v *visit.Visit, l place, in func(io.Writer) error, o directory.Options) (r directory.Report, err error) {
	book, digest, forget, err := addressbook.Keep(in, addressbook.Options{})
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, forget()) }()
	o.Organisation, o.Digest = l.ID, digest
	return p.Directory.Import(v.Context(), l.by, book, o)
}
