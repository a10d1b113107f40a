package door

import (
	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// signInPasskeyAsk asks whoever is there for a passkey; see passkey.js.
func (p *Pages) signInPasskeyAsk(v *visit.Visit) error {
	asked, err := p.Access.AskAnyPasskey(v.Context())
	if err != nil {
		return err
	}
	return v.AskPasskey(asked)
}

// signInPasskey signs in whoever the passkey belongs to.
func (p *Pages) signInPasskey(v *visit.Visit) error {
	v.Keep(v.Value("keep") == "yes")
	next := visit.Next(v.Value("next"), "/")
	step, answer := v.PasskeyAnswer()
	done, err := p.Access.SignInByPasskey(v.Context(), access.ByPasskey{Step: step, Answer: answer, Device: v.Device(), App: platform,
		Address: v.Address(), Resume: v.Value("resume") == "yes"})
	if err != nil {
		return p.signInRefused(v, err, next)
	}
	return p.enter(v, done, next)
}
