// Package operate holds the console's pages of operators: accounts, policies,
// data holders, the audit log.
package operate

import (
	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/directory"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// Pages are the pages and what they stand on.
type Pages struct {
	Access   *access.Service
	Accounts *identity.Service
	Closures *closure.Service
	Holders  *holder.Checks
	Audit    *audit.Log
	Orgs     *org.Service
	Sessions *session.Service

	Directory *directory.Service
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

	p.mountAccounts(d)
}

// mountAccounts adds the pages about accounts: an account is somebody's person,
// and only operators look at them.
func (p *Pages) mountAccounts(d *visit.Desk) {
	operator := visit.Role(identity.Operator)
	d.Get("/console/accounts", operator, p.accountList)
	d.Post("/console/accounts/find", operator, p.accountFind)
	d.Get("/console/accounts/new", operator, p.accountNew)
	d.Post("/console/accounts/new", operator, p.accountCreate)
	d.Get("/console/accounts/import", operator, p.accountImport)
	d.Post("/console/accounts/import", operator, p.accountImportSend)
	d.Get("/console/accounts/register-link", operator, p.registerLink)
	d.Post("/console/accounts/register-link", operator, p.registerLinkMake)
	d.Get("/console/accounts/{id}", operator, tab(p.accountShow).get)
	d.Get("/console/accounts/{id}/access", operator, tab(p.accountAccess).get)
	d.Get("/console/accounts/{id}/hindrances", operator, tab(p.accountHindrances).get)
	d.Post("/console/accounts/{id}/sessions/end", operator, p.sessionsEnd)
	d.Post("/console/accounts/{id}/reset-link", operator, p.resetLinkMake)
	for _, a := range []struct {
		path, back, told string
		stood            tab
		do               func(v *visit.Visit, account string) error
	}{
		{"/flags", "", "page.account.marks_done", p.accountShow, p.flagsSet},
		{"/grants/{role}", "", "page.account.grant_done", p.accountShow, p.grantAdd},
		{"/grants/{role}/revoke", "", "page.account.revoke_done", p.accountShow, p.grantRevoke},
		{"/pause", "", "page.account.pause_done", p.accountShow, p.accountPause},
		{"/resume", "", "page.account.resume_done", p.accountShow, p.accountResume},
		{"/identifiers", "/access", "page.account.name_added", p.accountAccess, p.identifierAdd},
		{"/identifiers/verify", "/access", "page.account.name_verified", p.accountAccess, p.identifierVerify},
		{"/identifiers/remove", "/access", "page.account.name_removed", p.accountAccess, p.identifierRemove},
		{"/factors/{factor}/remove", "/access", "page.account.factor_removed", p.accountAccess, p.factorRemove},
		{"/arrears", "/hindrances", "page.account.arrear_added", p.accountHindrances, p.arrearAdd},
		{"/arrears/{arrear}/settle", "/hindrances", "page.account.arrear_settled", p.accountHindrances, p.arrearSettle},
		{"/bindings", "/hindrances", "page.account.binding_added", p.accountHindrances, p.bindingAdd},
		{"/bindings/{binding}/release", "/hindrances", "page.account.binding_released", p.accountHindrances, p.bindingRelease},
	} {
		d.Post("/console/accounts/{id}"+a.path, operator, p.act(a.stood, a.back, a.told, a.do))
	}
}

// operates says whether somebody runs this installation, and does not only read.
func operates(v *visit.Visit) (bool, error) { return v.Has(identity.Operator) }
