package security

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// overviewData is how an account is kept safe, for its owner's eyes.
type overviewData struct {
	account       identity.Account
	passwordSince time.Time // zero: there is no password
	passwordOld   bool
	totp          *access.Factor
	passkeys      int
	recoveryCodes int
	bindings      int
	sessions      int
	devices       int
}

// factors says whether anything but the password is asked for.
func (d overviewData) factors() bool { return d.totp != nil || d.passkeys > 0 }

// fewCodes is from how many recovery codes on somebody should make new ones.
const fewCodes = 3

// overview shows what keeps the account safe, each with the page to change it.
func (p *Pages) overview(v *visit.Visit) error {
	d, err := p.overviewOf(v.Context(), v.Account())
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.security.title"))
	if err != nil {
		return err
	}
	return v.Show(overviewPage(page, d))
}

func (p *Pages) overviewOf(ctx context.Context, account string) (d overviewData, err error) {
	if d.account, err = p.Accounts.Get(ctx, account); err != nil {
		return d, err
	}
	if d.passwordSince, err = p.Access.PasswordSince(ctx, account); err != nil {
		return d, err
	}
	old, err := p.Access.OldPassword(ctx, account)
	if err != nil {
		return d, err
	}
	d.passwordOld = !old.IsZero()
	factors, err := p.Access.Factors(ctx, account)
	if err != nil {
		return d, err
	}
	d.totp, d.recoveryCodes = authenticatorOf(factors), factors.RecoveryCodes
	for _, f := range factors.Factors {
		if f.Kind == access.Passkey {
			d.passkeys++
		}
	}
	bindings, _, err := p.Accounts.Hindrances(ctx, account)
	if err != nil {
		return d, err
	}
	d.bindings = len(bindings)
	all, err := p.Sessions.List(ctx, account)
	d.sessions, d.devices = len(all), len(visit.Seats(all, ""))
	return d, err
}

// authenticatorOf gives the authenticator app of an account; nil: there is none.
func authenticatorOf(all access.FactorList) *access.Factor {
	for _, f := range all.Factors {
		if f.Kind == access.TOTP {
			return &f
		}
	}
	return nil
}
