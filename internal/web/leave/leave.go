// Package leave holds the pages by which somebody leaves. They are for signing
// out, switching accounts and closing the account, with the private page of a
// closure.
package leave

import (
	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// Pages are the pages and what they stand on.
type Pages struct {
	Access   *access.Service
	Sessions *session.Service
	Closures *closure.Service
	// PublicURL is where this installation is found, for what is read elsewhere.
	PublicURL string

	statusLink visit.PrivateLink
}

// Mount adds the pages.
func (p *Pages) Mount(d *visit.Desk) {
	d.Get("/sign-out", visit.Member(), p.signOut)
	d.Post("/sign-out", visit.Member(), p.signOutSend)
	d.Get("/signed-out", visit.Anybody(), p.signedOut)
	d.Get("/close-account", visit.Anybody(), p.closePublic)
	d.Get("/settings/close-account", visit.Member(), p.closeBegin)
	d.Get("/settings/close-account/conditions", visit.Member(), p.closeConditions)
	d.Post("/settings/close-account/conditions", visit.Member(), p.closeRequest)
	d.Post("/settings/close-account/withdraw", visit.Member(), p.closeWithdraw)
	d.Get("/settings/close-account/confirm", visit.Member(), p.closeConfirm)
	d.Post("/settings/close-account/confirm", visit.Member(), p.closeConfirmSend)
	p.mountStatus(d)
	p.mountResume(d)
}
