package member

import (
	"strings"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// placeIn gives the own place in the organisation that the address names; of any
// other one there is none.
func (p *Pages) placeIn(v *visit.Visit) (org.Place, error) {
	all, err := p.Orgs.Places(v.Context(), v.Account())
	if err != nil {
		return org.Place{}, err
	}
	for _, m := range all {
		if m.Organisation == v.Part("id") {
			return m, nil
		}
	}
	return org.Place{}, org.ErrNoOrganisation()
}

// standing writes a role and offices as words.
func standing(p *ui.Page, role string, offices []string) string {
	var words []string
	if role != "" {
		words = append(words, p.T("page.role."+role))
	}
	for _, o := range offices {
		words = append(words, p.T("page.office."+o))
	}
	return strings.Join(words, p.T("page.list_comma"))
}

// organisationNames gives what some organisations are called, by id. One that is
// closed has no name any more.
func (p *Pages) organisationNames(v *visit.Visit, ids []string) (map[string]string, error) {
	names := map[string]string{}
	for _, id := range ids {
		if _, known := names[id]; known || id == "" {
			continue
		}
		o, err := p.Orgs.Get(v.Context(), id)
		if err != nil && !fault.Is(err, "organisation_not_found") {
			return nil, err
		}
		names[id] = o.Name
	}
	return names, nil
}

// each gives what a function makes of every one.
func each[T, U any](all []T, of func(T) U) []U {
	out := make([]U, 0, len(all))
	for _, x := range all {
		out = append(out, of(x))
	}
	return out
}
