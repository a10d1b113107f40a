package review

import (
	"slices"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// evidenceNew is the page on which evidence is sent in.
func (p *Pages) evidenceNew(v *visit.Visit) error { return p.showEvidenceNew(v, 200, v.Form()) }

func (p *Pages) showEvidenceNew(v *visit.Visit, status int, form ui.Form) error {
	d, err := p.ledBy(v)
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.dissolutions.add_evidence"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, evidenceNewPage(page, d, form))
}

// evidenceAdd takes a file as evidence for a prerequisite.
func (p *Pages) evidenceAdd(v *visit.Visit) error {
	by, err := leader(v)
	if err != nil {
		return err
	}
	name, content, err := v.File("content")
	if err != nil {
		return err
	}
	_, err = p.Dissolutions.Attest(v.Context(), by, dissolution.Attestation{Dissolution: v.Part("id"), Kind: v.Value("kind"),
		Reference: v.Value("reference"), FileName: name}, content)
	if err != nil {
		return v.AskAgain(err, p.showEvidenceNew)
	}
	v.Tell("success", "page.dissolutions.evidence_added")
	return v.Go("/console/dissolutions/" + v.Part("id"))
}

// evidenceFile gives the file, to be saved: what people have sent in is never
// shown as a page of ours.
func (p *Pages) evidenceFile(v *visit.Visit) error {
	by, err := onlooker(v)
	if err != nil {
		return err
	}
	a, content, err := p.Dissolutions.File(v.Context(), by, v.Part("id"), v.Part("evidence"))
	if err != nil {
		return err
	}
	v.Save("application/octet-stream", "evidence-"+a.ID+endings[a.MediaType], content)
	return nil
}

// endings are how files of the kinds that are taken end.
var endings = map[string]string{"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}

// evidence is one piece of evidence, and for a second person its decision.
func (p *Pages) evidence(v *visit.Visit) error { return p.showEvidence(v, 200, v.Form()) }

func (p *Pages) showEvidence(v *visit.Visit, status int, form ui.Form) error {
	d, by, err := p.seen(v)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(d.Evidence, func(a dissolution.Attestation) bool { return a.ID == v.Part("evidence") })
	if i < 0 {
		return fault.New(fault.NotFound, "attestation_not_found")
	}
	page, err := v.Page(v.T("page.evidence." + d.Evidence[i].Kind))
	if err != nil {
		return err
	}
	return v.ShowAs(status, evidencePage(page, d, d.Evidence[i], form, by.Kind != audit.KindAdmin))
}

// evidenceDecide is a second person's word on it.
func (p *Pages) evidenceDecide(v *visit.Visit) error {
	by, err := secondPerson(v)
	if err != nil {
		return err
	}
	accepted := v.Value("decision") == "accept"
	if err := p.Dissolutions.DecideEvidence(v.Context(), by, v.Part("id"), v.Part("evidence"), accepted, v.Value("reason")); err != nil {
		return v.AskAgain(err, p.showEvidence)
	}
	if accepted {
		v.Tell("success", "page.dissolutions.evidence_accepted")
	} else {
		v.Tell("success", "page.dissolutions.evidence_rejected")
	}
	return v.Go("/console/dissolutions/" + v.Part("id"))
}
