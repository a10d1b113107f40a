// Package operate holds the console's pages of those who run the installation: accounts,
// policies, data holders, the audit log.
package operate

import (
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// Pages are the pages and what they stand on.
type Pages struct {
	Accounts *identity.Service
	Closures *closure.Service
	Holders  *holder.Checks
	Audit    *audit.Log
}

// perPage is how many entries a list shows at once.
const perPage = 30

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

	auditor := visit.Role(identity.Operator, identity.Auditor)
	d.Get("/console/audit", auditor, p.auditList)
	d.Get("/console/audit/entries/{seq}", auditor, p.auditShow)
	d.Get("/console/audit/checkpoint", auditor, p.auditCheckpoint)
	d.Get("/console/audit/verify", auditor, p.auditVerify)
	d.Post("/console/audit/verify", auditor, p.auditVerifySend)

	d.Get("/console/holders", auditor, p.holderList)
	d.Get("/console/holders/{name}", auditor, p.holderShow)
	d.Post("/console/holders/{name}/check", auditor, p.holderCheck)
}

// operates says whether somebody runs this installation, and does not only read.
func operates(v *visit.Visit) (bool, error) { return v.Has(identity.Operator) }
