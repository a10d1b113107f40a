package webtest

import (
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/webauthn"
)

// Authenticator is a device with passkeys that a window's browser talks to, such
// as the machine's own fingerprint reader.
type Authenticator struct {
	w  *Window
	id webauthn.AuthenticatorID
}

// Authenticator gives the window's browser a device for passkeys. It answers at
// once, as if the right person touched it, until it is told otherwise.
func (w *Window) Authenticator() *Authenticator {
	w.T.Helper()
	call(w.ctx, w.T, webauthn.Enable, webauthn.EnableParams{})
	made := call(w.ctx, w.T, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{Options: &webauthn.VirtualAuthenticatorOptions{
		Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
		HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true}})
	return &Authenticator{w, made.AuthenticatorID}
}

// Touched says whether the person touches the device when it asks.
func (a *Authenticator) Touched(yes bool) *Authenticator {
	a.w.T.Helper()
	call(a.w.ctx, a.w.T, webauthn.SetAutomaticPresenceSimulation, webauthn.SetAutomaticPresenceSimulationParams{AuthenticatorID: a.id, Enabled: yes})
	return a
}

// Unlocked says whether it is the right person who touches it.
func (a *Authenticator) Unlocked(yes bool) *Authenticator {
	a.w.T.Helper()
	call(a.w.ctx, a.w.T, webauthn.SetUserVerified, webauthn.SetUserVerifiedParams{AuthenticatorID: a.id, IsUserVerified: yes})
	return a
}

// Held is a passkey as a device keeps it.
type Held struct {
	CredentialID         []byte  `json:"credentialId"`
	IsResidentCredential bool    `json:"isResidentCredential"`
	RpID                 string  `json:"rpId"`
	PrivateKey           []byte  `json:"privateKey"`
	UserHandle           []byte  `json:"userHandle"`
	SignCount            float64 `json:"signCount"`
	BackupEligibility    bool    `json:"backupEligibility"`
	BackupState          bool    `json:"backupState"`
}

type heldBy struct {
	AuthenticatorID webauthn.AuthenticatorID `json:"authenticatorId"`
	Credential      Held                     `json:"credential"`
}

type heldAll struct {
	Credentials []Held `json:"credentials"`
}

// The package's own commands name fields that Chromium takes for some kinds of
// devices only.
var (
	addHeld = cdp.Command[heldBy, cdp.Empty]{Method: webauthn.CommandAddCredential}
	getHeld = cdp.Command[webauthn.GetCredentialsParams, heldAll]{Method: webauthn.CommandGetCredentials}
)

// Passkeys gives what the device keeps.
func (a *Authenticator) Passkeys() []Held {
	a.w.T.Helper()
	return call(a.w.ctx, a.w.T, getHeld, webauthn.GetCredentialsParams{AuthenticatorID: a.id}).Credentials
}

// Hold makes the device keep passkeys, and no others.
func (a *Authenticator) Hold(all ...Held) *Authenticator {
	a.w.T.Helper()
	call(a.w.ctx, a.w.T, webauthn.ClearCredentials, webauthn.ClearCredentialsParams{AuthenticatorID: a.id})
	for _, c := range all {
		call(a.w.ctx, a.w.T, addHeld, heldBy{a.id, c})
	}
	return a
}
