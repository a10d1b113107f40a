// Package member holds the pages of somebody who is signed in. They are the
// platform's home, messages, the own organisations and the settings.
package member

import (
	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/visit"
	"github.com/signoff-id/signoff/internal/work"
)

// Pages are the pages and what they stand on.
type Pages struct {
	Access   *access.Service
	Accounts *identity.Service
	Orgs     *org.Service
	Sessions *session.Service
	Closures *closure.Service
	States   *work.States
	Inbox    *inbox.Service
	Apps     []App // in the order in which people see them
}

// Mount adds the pages.
func (p *Pages) Mount(d *visit.Desk) {
	d.Get("/{$}", visit.Member(), p.home)
	d.Get("/me", visit.Member(), p.me)
	d.Get("/profile", visit.Member(), p.profile)
	d.Get("/settings", visit.Member(), p.settings)
	d.Get("/settings/organisations", visit.Member(), p.organisations)
	d.Get("/settings/organisations/{id}/leave", visit.Member(), p.organisationLeave)
	d.Post("/settings/organisations/{id}/leave", visit.Member(), p.organisationLeaveSend)
	d.Get("/settings/organisations/{id}/hand-over", visit.Proved(), p.transferAsk)
	d.Post("/settings/organisations/{id}/hand-over", visit.Proved(), p.transferAskSend)
	d.Get("/settings/hand-overs/{id}/accept", visit.Proved(), p.transferAccept)
	d.Post("/settings/hand-overs/{id}/accept", visit.Proved(), p.transferAcceptSend)
	d.Post("/settings/hand-overs/{id}/decline", visit.Member(), p.transferDecline)
	d.Post("/settings/hand-overs/{id}/withdraw", visit.Member(), p.transferWithdraw)
	d.Get("/settings/notifications", visit.Member(), p.notifications)
	d.Post("/settings/notifications", visit.Member(), p.notificationsSet)
	d.Get("/settings/billing", visit.Member(), p.billing)
	d.Get("/settings/attestations", visit.Member(), p.attestations)
	d.Get("/todos", visit.Member(), p.todos)
	d.Post("/todos/{id}/complete", visit.Member(), p.todoComplete)
	d.Get("/messages", visit.Member(), p.messages)
	d.Post("/messages/read", visit.Member(), p.messagesRead)
	d.Post("/messages/delete", visit.Member(), p.messageDelete)
	d.Post("/preferences/language", visit.Anybody(), p.language)
	d.Post("/preferences/theme", visit.Anybody(), p.theme)
}
