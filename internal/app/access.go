package app

import (
	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/store"
	"github.com/signoff-id/signoff/internal/throttle"
)

// openAccess puts together who gets in.
func (a *App) openAccess(w World) error {
	passkeys, err := access.NewPasskeys(a.Config.PublicURL, a.Config.Issuer)
	if err != nil {
		return err
	}
	g := a.Config.Guessing
	asThrottle := func(tx *store.Tx) throttle.Tx { return tx }
	guesses := &throttle.Service{InTx: store.InTx(a.DB, asThrottle), View: store.ViewTx(a.DB, asThrottle), Now: a.now, Hash: a.Ring.Vault().BlindIndex,
		Limits: throttle.Limits{Account: throttle.Limit{Burst: g.AccountBurst, PerDay: g.PerAccount}, Address: throttle.Limit{Burst: g.AddressBurst, PerDay: g.PerAddress}}}
	asAccess := func(tx *store.Tx) access.Tx { return tx }
	a.Access = &access.Service{InTx: store.InTx(a.DB, asAccess), View: store.ViewTx(a.DB, asAccess), Now: a.now, NewID: newID, Rand: w.Rand,
		Hash: a.Ring.Vault().BlindIndex, Accounts: a.Accounts, Orgs: a.Orgs, Sessions: a.Sessions, Closures: a.Closures, Codes: a.Codes,
		Guesses: guesses, Passkeys: passkeys,
		ProofAge: a.Config.Session.ProofAge, PasswordAge: a.Config.Password.AgeReminder, Open: a.Config.Registration == "open", Issuer: a.Config.Issuer,
		ResumeLink: func(token string) string { return a.Config.PublicURL + "/resume-account#" + token },
		// The token stands behind "#": no log and no referrer sees it.
		ResetLink:    func(token string) string { return a.Config.PublicURL + "/reset-password#" + token },
		RegisterLink: func(token string) string { return a.Config.PublicURL + "/register#" + token }}
	return nil
}
