package api

import (
	"context"
	"net/http"
	"time"
)

// newProof is how a person shows once more who it is.
type newProof struct {
	Password string `json:"password" minLength:"1" maxLength:"1024"`
}

// identityProof is a proof of identity on a session.
type identityProof struct {
	ProvedAt time.Time `json:"proved_at"`
	Methods  []string  `json:"methods" doc:"How, as RFC 8176 names it: pwd, otp, hwk, …"`
}

// sessionProve gives the caller's session a fresh proof of identity (step-up).
func (f *face) sessionProve() {
	register(f, operation{
		ID: "prove-identity", Method: http.MethodPost, Path: "/v1/session/proof", Tag: tagSessions, Access: everyAccount(),
		Problems: map[int][]string{http.StatusUnauthorized: {"credentials_wrong"}},
	}, func(ctx context.Context, in *struct{ Body newProof }) (*answer[identityProof], error) {
		p, err := f.Access.Prove(ctx, caller(ctx).session, in.Body.Password)
		if err != nil {
			return nil, err
		}
		return &answer[identityProof]{Body: identityProof{ProvedAt: p.At, Methods: p.Methods}}, nil
	})
}
