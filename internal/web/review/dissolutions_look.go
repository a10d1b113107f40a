package review

import (
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/web/show"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// onlooker is the person reading a dissolution: one of the staff, or whoever leads
// the organisation, which the room asks.
func onlooker(v *visit.Visit) (audit.Actor, error) {
	if yes, err := v.Has(identity.Reviewer); yes || err != nil {
		return v.AsReviewer(), err
	}
	if yes, err := v.Has(identity.Operator); yes || err != nil {
		return v.AsOperator(), err
	}
	return v.Caller.As(audit.KindAdmin), nil
}

// dissolutions lists the ends of organisations, the newest first, for the staff.
func (p *Pages) dissolutions(v *visit.Visit) error {
	all, err := p.Dissolutions.List(v.Context(), dissolution.Filter{Before: v.Query("after"), Limit: pageSize + 1})
	if err != nil {
		return err
	}
	next := ""
	if len(all) > pageSize {
		all = all[:pageSize]
		next = all[pageSize-1].ID
	}
	page, err := v.Page(v.T("page.dissolutions.title"))
	if err != nil {
		return err
	}
	return v.Show(dissolutionsPage(page, all, next))
}

// dissolution is one of them.
func (p *Pages) dissolution(v *visit.Visit) error {
	by, err := onlooker(v)
	if err != nil {
		return err
	}
	d, err := p.Dissolutions.Get(v.Context(), by, v.Part("id"))
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.dissolutions.one"))
	if err != nil {
		return err
	}
	return v.Show(dissolutionPage(page, d, by.Kind != audit.KindAdmin))
}

func linesOfEnd(all []dissolution.Happening) []show.Line {
	out := make([]show.Line, len(all))
	for i, h := range all {
		out[i] = show.Line{Event: h.Event, At: h.At, Seq: h.Seq}
	}
	return out
}
