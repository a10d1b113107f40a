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
}
