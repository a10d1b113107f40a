// Package review holds the console's pages about ends: the queue of reviews, closures with
// their receipts, and the dissolution of organisations.
package review

import (
	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// Pages are the pages and what they stand on.
type Pages struct {
	Access       *access.Service
	Accounts     *identity.Service
	Orgs         *org.Service
	Closures     *closure.Service
	Dissolutions *dissolution.Service
}

// Mount adds the pages.
func (p *Pages) Mount(d *visit.Desk) {
	staff := visit.Role(identity.Operator, identity.Reviewer, identity.Auditor)
	reviewer, operator := visit.Role(identity.Reviewer), visit.Role(identity.Operator)
	d.Get("/console/reviews", staff, p.reviews)
	d.Get("/console/reviews/{id}", staff, p.review)
	d.Post("/console/reviews/{id}/approve", reviewer, p.approve)
	d.Post("/console/reviews/{id}/reject", reviewer, p.reject)

	d.Get("/console/closures", staff, p.closures)
	d.Get("/console/closures/{id}", staff, p.closure)
	d.Get("/console/closures/{id}/certificate", visit.Role(identity.Operator, identity.Auditor), p.closureCertificate)
	d.Post("/console/closures/{id}/parts/{holder}/retry", operator, p.closureRetry)

	d.Get("/console/dissolutions", visit.Role(identity.Operator, identity.Reviewer), p.dissolutions)
	d.Get("/console/dissolutions/{id}", visit.Member(), p.dissolution)
}

// pageSize is how many entries a list shows at once.
const pageSize = 25
