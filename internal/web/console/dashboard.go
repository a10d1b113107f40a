package console

import (
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// dashboard is the console's first page.
func (p *Pages) dashboard(v *visit.Visit) error {
	page, err := v.Page(v.T("page.console.dashboard"))
	if err != nil {
		return err
	}
	if len(page.Console) == 0 {
		return fault.New(fault.Forbidden, "forbidden")
	}
	return v.Show(dashboardPage(page))
}
