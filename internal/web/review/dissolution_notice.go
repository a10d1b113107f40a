package review

import (
	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// noticeNew is the page on which the public notice is recorded.
func (p *Pages) noticeNew(v *visit.Visit) error { return p.showNoticeNew(v, 200, v.Form()) }

func (p *Pages) showNoticeNew(v *visit.Visit, status int, form ui.Form) error {
	d, err := p.ledBy(v)
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.dissolutions.announce"))
	if err != nil {
		return err
	}
	return v.ShowAs(status, noticePage(page, d, form))
}

// announce records the public notice, and starts its clock.
func (p *Pages) announce(v *visit.Visit) error {
	by, err := leader(v)
	if err != nil {
		return err
	}
	n := dissolution.Notice{Published: v.Value("published_on"), Media: v.Value("media"), Reference: v.Value("reference")}
	if _, err := p.Dissolutions.Announce(v.Context(), by, v.Part("id"), n); err != nil {
		return v.AskAgain(err, p.showNoticeNew)
	}
	v.Tell("success", "page.dissolutions.announced")
	return v.Go("/console/dissolutions/" + v.Part("id"))
}
