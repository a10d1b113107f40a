package member

import (
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// pastShown is how many hand-overs that have ended are shown.
const pastShown = 10

// organisationsData is what the page of the own organisations shows.
type organisationsData struct {
	account string
	places  []org.Place
	waiting map[string]bool // organisations in which a hand-over of the own waits
	asked   []transfer      // of the person, open
	asking  []transfer      // by the person, open
	past    []transfer
	exists  func(path string) bool
}

// transfer is a hand-over with the names in it.
type transfer struct {
	org.Transfer
	organisation string
	from, to     string
}

// organisations shows where the person is a member, and the hand-overs that wait.
func (p *Pages) organisations(v *visit.Visit) (err error) {
	d := organisationsData{account: v.Account(), waiting: map[string]bool{}, exists: v.Exists}
	if d.places, err = p.Orgs.Places(v.Context(), v.Account()); err != nil {
		return err
	}
	all, err := p.transfers(v)
	if err != nil {
		return err
	}
	for _, t := range all {
		switch {
		case t.State != org.TransferAsked:
			if len(d.past) < pastShown {
				d.past = append(d.past, t)
			}
		case t.To == v.Account():
			d.asked = append(d.asked, t)
		default:
			d.asking = append(d.asking, t)
			d.waiting[t.Organisation] = true
		}
	}
	page, err := v.Page(v.T("page.organisations.title"))
	if err != nil {
		return err
	}
	return v.Show(organisationsPage(page, d))
}

// transfers gives the person's hand-overs with names, the newest first.
func (p *Pages) transfers(v *visit.Visit) ([]transfer, error) {
	found, err := p.Orgs.Transfers(v.Context(), v.Account())
	if err != nil {
		return nil, err
	}
	var people []string
	for _, t := range found {
		people = append(people, t.From, t.To)
	}
	names, err := p.Accounts.Names(v.Context(), people)
	if err != nil {
		return nil, err
	}
	organisations, err := p.organisationNames(v, each(found, func(t org.Transfer) string { return t.Organisation }))
	if err != nil {
		return nil, err
	}
	return each(found, func(t org.Transfer) transfer {
		return transfer{t, organisations[t.Organisation], names[t.From], names[t.To]}
	}), nil
}

// transferIn gives the own hand-over that the address names.
func (p *Pages) transferIn(v *visit.Visit) (transfer, error) {
	all, err := p.transfers(v)
	if err != nil {
		return transfer{}, err
	}
	for _, t := range all {
		if t.ID == v.Part("id") {
			return t, nil
		}
	}
	return transfer{}, org.ErrNoTransfer()
}
