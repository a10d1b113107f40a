// Package review holds the console's pages about ends. They are the queue of
// reviews, closures with their receipts, and dissolutions.
package review

import (
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// Pages are the pages and what they stand on.
type Pages struct {
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
	p.mountDissolution(d)
}

// mountDissolution adds the pages of one dissolution. Who may do what is
// asked by the room, of everybody who is signed in.
func (p *Pages) mountDissolution(d *visit.Desk) {
	member, second, operator := visit.Member(), visit.Role(identity.Operator, identity.Reviewer), visit.Role(identity.Operator)
	d.Get("/console/organisations/{id}/dissolution", member, p.organisationEnd)
	d.Get("/console/organisations/{id}/dissolution/new", visit.Proved(), p.dissolutionNew)
	d.Post("/console/organisations/{id}/dissolution/new", visit.Proved(), p.dissolutionStart)
	const one = "/console/dissolutions/{id}"
	d.Get(one, member, p.dissolution)
	d.Get(one+"/evidence", member, p.evidenceNew)
	d.Post(one+"/evidence", member.Files(), p.evidenceAdd)
	d.Get(one+"/evidence/{evidence}", member, p.evidence)
	d.Get(one+"/evidence/{evidence}/file", member, p.evidenceFile)
	d.Post(one+"/evidence/{evidence}", second, p.evidenceDecide)
	d.Get(one+"/notice", member, p.noticeNew)
	d.Post(one+"/notice", member, p.announce)
	d.Post(one+"/withdraw", member, p.dissolutionWithdraw)
	d.Get(one+"/objections/{objection}", member, p.objection)
	d.Post(one+"/objections/{objection}/hearing", second, p.objectionHear)
	d.Post(one+"/objections/{objection}", second, p.objectionDecide)
	d.Get(one+"/certificate", member, p.dissolutionCertificate)
	d.Post(one+"/parts/{holder}/retry", operator, p.dissolutionRetry)
	d.Get("/objections", visit.Anybody(), p.objectionNew)
	d.Post("/objections", visit.Anybody(), p.objectionRaise)
}

// pageSize is how many entries a list shows at once.
const pageSize = 25
