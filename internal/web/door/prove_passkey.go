package door

import (
	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// provePasskeyAsk asks one of the account's passkeys; see passkey.js.
func (p *Pages) provePasskeyAsk(v *visit.Visit) error {
	asked, err := p.Access.AskPasskey(v.Context(), v.Caller.Session)
	if err != nil {
		return err
	}
	return v.AskPasskey(asked)
}

// provePasskey takes its answer as a proof.
func (p *Pages) provePasskey(v *visit.Visit) error {
	next := visit.Next(v.Value("next"), "/")
	step, answer := v.PasskeyAnswer()
	if _, err := p.Access.Prove(v.Context(), v.Caller.Session, access.Answer{Step: step, Passkey: answer}); err != nil {
		return p.proveRefused(v, err, proveData{next: next})
	}
	return v.Go(next)
}
