// Package door holds the pages in front of the platform: signing in, registering,
// a forgotten password, proving once more who one is.
package door

import (
	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/browser"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// platform is what sessions of the pages are sessions of: the platform itself.
const platform = "platform"

// Pages are the pages and what they stand on.
type Pages struct {
	Access   *access.Service
	Browsers *browser.Service
}

// Mount adds the pages.
func (p *Pages) Mount(d *visit.Desk) {
	d.Get("/sign-in", visit.Anybody(), p.signIn)
	d.Post("/sign-in", visit.Anybody(), p.signInSend)
	d.Post("/sign-in/passkey/question", visit.Anybody(), p.signInPasskeyAsk)
	d.Post("/sign-in/passkey", visit.Anybody(), p.signInPasskey)
	d.Get("/sign-in/second-factor", visit.Anybody(), p.secondFactor)
	d.Post("/sign-in/second-factor", visit.Anybody(), p.secondFactorSend)
	d.Get("/forgotten-password", visit.Anybody(), p.forgottenPassword)
	d.Post("/forgotten-password", visit.Anybody(), p.forgottenPasswordSend)
	d.Get(resetLink.Path, visit.Anybody(), p.resetPassword)
	d.Post(resetLink.Path, visit.Anybody(), p.resetPasswordSend)
	resetLink.Mount(d, p.resetLinkRefused)
	d.Get(registerLink.Path, visit.Anybody(), p.register)
	d.Post(registerLink.Path, visit.Anybody(), p.registerSend)
	d.Post("/register/complete", visit.Anybody(), p.registerComplete)
	d.Post("/register/again", visit.Anybody(), p.registerAgain)
	registerLink.Mount(d, p.registerRefused)
	d.Get("/prove", visit.Member(), p.prove)
	d.Post("/prove", visit.Member(), p.proveSend)
	d.Post("/prove/code", visit.Member(), p.proveCode)
	d.Post("/prove/passkey/question", visit.Member(), p.provePasskeyAsk)
	d.Post("/prove/passkey", visit.Member(), p.provePasskey)
}

// The private links of this room.
var (
	resetLink    = visit.PrivateLink{Path: "/reset-password", Cookie: "signoff_reset"}
	registerLink = visit.PrivateLink{Path: "/register", Cookie: "signoff_register_link"}
)

// required refuses a field that was left empty.
func required(v *visit.Visit, name string) error {
	if v.Value(name) == "" {
		return fault.Wrong().At(name, "required")
	}
	return nil
}
