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
	operator := visit.Role(identity.Operator)
	d.Get("/console/policies", operator, p.policyList)
	d.Get("/console/policies/new_version", operator, p.policyNew) // no policy's name has an underscore
	d.Post("/console/policies/new_version", operator, p.policyInstall)
	d.Get("/console/policies/{name}", operator, p.policyShow)
	d.Get("/console/policies/{name}/compare", operator, p.policyCompare)
	d.Get("/console/policies/{name}/try", operator, p.policyTry)
	d.Post("/console/policies/{name}/try", operator, p.policyTrySend)
}
