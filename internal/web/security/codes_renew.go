package security

import (
	"strings"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// codesRenew asks before new recovery codes take the place of the old ones.
func (p *Pages) codesRenew(v *visit.Visit) error {
	all, err := p.Access.Factors(v.Context(), v.Account())
	if err != nil {
		return err
	}
	if len(all.Factors) == 0 {
		return noFactor(v)
	}
	page, err := v.Page(v.T("page.codes.title"))
	if err != nil {
		return err
	}
	return v.Show(codesRenewPage(page, all.RecoveryCodes))
}

// codesRenewSend makes them and shows them, this once.
func (p *Pages) codesRenewSend(v *visit.Visit) error {
	codes, err := p.Access.RenewRecoveryCodes(v.Context(), v.Account(), v.Caller.Session.ID)
	if fault.Is(err, "factor_none") {
		return noFactor(v)
	}
	if err != nil {
		return err
	}
	return showCodes(v, codes, "/settings/security")
}

// noFactor leads away from codes that would stand in for nothing.
func noFactor(v *visit.Visit) error {
	v.Tell("info", "page.codes.no_factor")
	return v.Go("/settings/security")
}

// showCodes shows recovery codes, and goes on from there to another page.
func showCodes(v *visit.Visit, codes []string, next string) error {
	page, err := v.Page(v.T("page.codes.keep"))
	if err != nil {
		return err
	}
	return v.Show(codesPage(page, codes, next))
}

// codesFile is the recovery codes as a text to download, which the page itself
// holds: no address gives them a second time.
func codesFile(p *ui.Page, codes []string) string {
	return p.T("page.codes.file", "name", p.Who.Hint, "date", p.Date(p.Now)) + "\n\n" + strings.Join(codes, "\n") + "\n"
}
