// Package security holds the pages on which somebody keeps the own account
// safe. They are about sessions on devices, the password, second factors,
// sign-in names, bindings, the pause, and the accounts of this browser.
package security

import (
	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/browser"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// Pages are the pages and what they stand on.
type Pages struct {
	Access   *access.Service
	Accounts *identity.Service
	Sessions *session.Service
	Browsers *browser.Service
}

// Mount adds the pages.
func (p *Pages) Mount(d *visit.Desk) {
	d.Get("/settings/security", visit.Member(), p.overview)
	d.Get("/settings/password", visit.Member(), p.passwordChange)
	d.Post("/settings/password", visit.Member(), p.passwordChangeSend)

	d.Get("/settings/authenticator", visit.Member(), p.authenticator)
	d.Get("/settings/authenticator/add", visit.Proved(), p.authenticatorAdd)
	d.Post("/settings/authenticator/add", visit.Proved(), p.authenticatorAddSend)
	d.Get("/settings/authenticator/confirm", visit.Member(), toAuthenticator)
	d.Post("/settings/authenticator/confirm", visit.Proved(), p.authenticatorConfirm)
	d.Post("/settings/authenticator/rename", visit.Member(), p.authenticatorRename)
	d.Get("/settings/authenticator/remove", visit.Proved(), p.authenticatorRemove)
	d.Post("/settings/authenticator/remove", visit.Proved(), p.authenticatorRemoveSend)
	d.Get("/settings/recovery-codes", visit.Proved(), p.codesRenew)
	d.Post("/settings/recovery-codes", visit.Proved(), p.codesRenewSend)

	d.Get("/settings/sessions", visit.Member(), p.sessions)
	d.Get("/settings/sessions/end", visit.Member(), p.sessionsEnd)
	d.Post("/settings/sessions/end", visit.Member(), p.sessionsEndSend)

	d.Get("/settings/passkeys", visit.Member(), p.passkeys)
	d.Get("/settings/passkeys/add", visit.Proved(), p.passkeyAdd)
	d.Post("/settings/passkeys/add", visit.Proved(), p.passkeyAddSend)
	d.Post("/settings/passkeys/add/question", visit.Proved(), p.passkeyAddAsk)
	d.Get("/settings/passkeys/{id}/rename", visit.Member(), p.passkeyRename)
	d.Post("/settings/passkeys/{id}/rename", visit.Member(), p.passkeyRenameSend)
	d.Get("/settings/passkeys/{id}/remove", visit.Proved(), p.passkeyRemove)
	d.Post("/settings/passkeys/{id}/remove", visit.Proved(), p.passkeyRemoveSend)

	d.Get("/settings/identifiers", visit.Member(), p.identifiers)
	d.Get("/settings/identifiers/add", visit.Proved(), p.identifierAdd)
	d.Post("/settings/identifiers/add", visit.Proved(), p.identifierAddSend)
	d.Get("/settings/identifiers/verify", visit.Member(), toIdentifiers)
	d.Post("/settings/identifiers/verify", visit.Member(), p.identifierVerify)
	d.Get("/settings/identifiers/remove", visit.Proved(), p.identifierRemove)
	d.Post("/settings/identifiers/remove", visit.Proved(), p.identifierRemoveSend)

	d.Get("/settings/bindings", visit.Member(), p.bindings)
	d.Get("/settings/bindings/{id}/release", visit.Member(), p.bindingRelease)
	d.Post("/settings/bindings/{id}/release", visit.Member(), p.bindingReleaseSend)

	d.Get("/settings/pause", visit.Member(), p.pause)
	d.Get("/settings/pause/confirm", visit.Proved(), p.pauseConfirm)
	d.Post("/settings/pause/confirm", visit.Proved(), p.pauseConfirmSend)
	d.Get("/paused", visit.Anybody(), p.paused)

	d.Get("/accounts", visit.Anybody(), p.accounts)
	d.Get("/accounts/{id}/switch", visit.Member(), p.accountSwitch)
	d.Post("/accounts/{id}/switch", visit.Member(), p.accountSwitchSend)
	d.Get("/accounts/{id}/remove", visit.Anybody(), p.accountRemove)
	d.Post("/accounts/{id}/remove", visit.Anybody(), p.accountRemoveSend)
	d.Get("/accounts/sign-out", visit.Member(), p.accountsSignOut)
	d.Post("/accounts/sign-out", visit.Member(), p.accountsSignOutSend)
}
