package api

import (
	"context"
	"net/http"
	"time"
)

// identityProof is a proof of identity on a session.
type identityProof struct {
	ProvedAt time.Time `json:"proved_at"`
	Methods  []string  `json:"methods" doc:"How, as RFC 8176 names it: pwd, otp, hwk, swk, mfa; and mail for a code that was sent."`
}

// sessionProve gives the caller's session a fresh proof of identity (step-up).
func (f *face) sessionProve() {
	register(f, operation{
		ID: "prove-identity", Method: http.MethodPost, Path: "/v1/session/proof", Tag: tagSessions, Access: everyAccount(),
		Problems: wayIn(map[int][]string{http.StatusUnauthorized: {"credentials_wrong", "code_wrong", "passkey_wrong", "step_not_valid"},
			http.StatusConflict: {"proof_method_unavailable", "passkeys_unavailable", "account_ending"}}),
	}, func(ctx context.Context, in *struct{ Body newProof }) (*answer[identityProof], error) {
		a, err := in.Body.answer()
		if err != nil {
			return nil, err
		}
		p, err := f.Access.Prove(ctx, principalOf(ctx).Session, a)
		if err != nil {
			return nil, err
		}
		return &answer[identityProof]{Body: identityProof{ProvedAt: p.At.UTC(), Methods: p.Methods}}, nil
	})
}
