// Package operate holds the console's pages of those who run the installation: accounts,
// policies, data holders, the audit log.
package operate

import (
	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// Pages are the pages and what they stand on.
type Pages struct {
	Access   *access.Service
	Accounts *identity.Service
	Closures *closure.Service
	Holders  *holder.Set
	Audit    *audit.Log
	Inbox    *inbox.Service
}

// Mount adds the pages.
func (p *Pages) Mount(d *visit.Desk) {
}
