package review

import (
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// objectionNew is the public page for whoever has something against an
// organisation's end.
func (p *Pages) objectionNew(v *visit.Visit) error { return p.showObjectionNew(v, 200, v.Form(), "") }

func (p *Pages) showObjectionNew(v *visit.Visit, status int, form ui.Form, number string) error {
	page, err := v.Page(v.T("page.objections.title"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, objectionNewPage(page, form, number))
}

// objectionRaise takes an objection from anybody who knows the public notice's
// number. Its own number is all that they are told.
func (p *Pages) objectionRaise(v *visit.Visit) error {
	o, err := p.Dissolutions.Object(v.Context(), audit.System(), v.Value("reference"),
		dissolution.Objection{Name: v.Value("name"), Contact: v.Value("contact"), Words: v.Value("text")})
	if fault.Is(err, "dissolution_not_found") {
		err = fault.Wrong().At("reference", "notice_unknown")
	}
	if err != nil {
		form, err := v.Again(err)
		if err != nil {
			return err
		}
		return p.showObjectionNew(v, form.Problem.Status, form, "")
	}
	return p.showObjectionNew(v, 200, ui.Form{}, o.ID)
}
