package review

import (
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// localTime is how browsers send an instant without a zone (HTML Standard,
// 2.3.5.5).
const localTime = "2006-01-02T15:04"

// objection is one objection, and for a second person its hearing and decision.
func (p *Pages) objection(v *visit.Visit) error { return p.showObjection(v, 200, v.Form()) }

func (p *Pages) showObjection(v *visit.Visit, status int, form ui.Form) error {
	d, by, err := p.seen(v)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(d.Objections, func(o dissolution.Objection) bool { return o.ID == v.Part("objection") })
	if i < 0 {
		return fault.New(fault.NotFound, "objection_not_found")
	}
	page, err := v.Page(v.T("page.objections.one"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, objectionPage(page, d, d.Objections[i], form, by.Kind != audit.KindAdmin))
}

// objectionHear sets the day of its hearing.
func (p *Pages) objectionHear(v *visit.Visit) error {
	by, err := secondPerson(v)
	if err != nil {
		return err
	}
	at, err := time.ParseInLocation(localTime, v.Value("at"), v.Words().Zone)
	if err != nil {
		err = fault.Wrong().At("at", "required")
	} else {
		_, err = p.Dissolutions.Hear(v.Context(), by, v.Part("id"), v.Part("objection"), at.UTC())
	}
	return p.objectionDone(v, err, "page.objections.hearing_set")
}

// objectionDecide upholds or dismisses it.
func (p *Pages) objectionDecide(v *visit.Visit) error {
	by, err := secondPerson(v)
	if err != nil {
		return err
	}
	o, err := p.Dissolutions.DecideObjection(v.Context(), by, v.Part("id"), v.Part("objection"), dissolution.Outcome(v.Value("outcome")), v.Value("reason"))
	if err == nil && o.Outcome == dissolution.Upheld {
		return p.objectionDone(v, nil, "page.objections.upheld")
	}
	return p.objectionDone(v, err, "page.objections.dismissed")
}

func (p *Pages) objectionDone(v *visit.Visit, err error, told string) error {
	if err != nil {
		return v.AskAgain(err, p.showObjection)
	}
	v.Tell("success", told)
	return v.Go("/console/dissolutions/" + v.Part("id"))
}
