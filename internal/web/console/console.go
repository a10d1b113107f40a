// Package console holds what the console shows at first sight. It is the menu,
// the first page and the reports.
package console

import (
	"github.com/signoff-id/signoff/internal/caller"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/report"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// Pages are the pages and what they stand on.
type Pages struct {
	Orgs      *org.Service
	Sessions  *session.Service
	Closures  *closure.Service
	Reports   *report.Service
	Following *caller.Following

	everywhere everywhere
}

// Mount adds the pages.
func (p *Pages) Mount(d *visit.Desk) {
	d.Get("/console", visit.Member(), p.dashboard)
	d.Get("/console/reports", visit.Member(), p.report)
	d.Get("/console/reports.csv", visit.Member(), p.reportCSV)
	d.Get("/console/reports.xlsx", visit.Member(), p.reportXLSX)
	d.Get("/console/presence/stream", visit.Listener(), p.presenceStream)
}
