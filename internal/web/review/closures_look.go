package review

import (
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/web/show"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// closureData is what the page of one closure shows.
type closureData struct {
	closure.View
	retries   bool // whether the person may have a data holder tried again
	certified bool // whether the person may have the certificate
}

// closure is one closure with its parts and receipts.
func (p *Pages) closure(v *visit.Visit) error {
	view, err := p.Closures.Get(v.Context(), v.Part("id"), "")
	if err != nil {
		return err
	}
	data := closureData{View: view}
	if data.retries, err = v.Has(identity.Operator); err != nil {
		return err
	}
	if view.State == closure.Closed {
		if data.certified, err = v.Has(identity.Operator, identity.Auditor); err != nil {
			return err
		}
	}
	page, err := v.Page(v.T("page.closures.one"))
	if err != nil {
		return err
	}
	return v.Show(closurePage(page, data))
}

func linesOf(all []closure.Happening) []show.Line {
	out := make([]show.Line, len(all))
	for i, h := range all {
		out[i] = show.Line{Event: h.Event, At: h.At, Seq: h.Seq}
	}
	return out
}
