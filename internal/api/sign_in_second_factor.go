package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/httpserver"
)

// newSecondFactor is the second half of a sign-in: the token of the first, and
// one of the others.
type newSecondFactor struct {
	Token        string         `json:"token" minLength:"1" maxLength:"100"`
	Code         string         `json:"code,omitempty" maxLength:"20" doc:"Of an authenticator app."`
	RecoveryCode string         `json:"recovery_code,omitempty" maxLength:"40"`
	Passkey      *passkeyAnswer `json:"passkey,omitempty" doc:"The passkey's answer, as PublicKeyCredential.toJSON gives it."`
}

// signInSecondFactor completes a sign-in.
func (f *face) signInSecondFactor() {
	register(f, operation{
		ID: "complete-sign-in", Method: http.MethodPost, Path: "/v1/sessions/second-factor", Tag: tagSessions, Access: everybody(), Status: http.StatusCreated,
		Problems: wayIn(map[int][]string{
			http.StatusUnauthorized: {"step_not_valid", "code_wrong", "passkey_wrong"}, http.StatusForbidden: {"account_blocked"},
			http.StatusConflict: {"account_ending", "account_cooling_off", "account_paused", "session_limit_reached"},
		}),
	}, func(ctx context.Context, in *struct{ Body newSecondFactor }) (*entered, error) {
		a, err := newProof{Code: in.Body.Code, RecoveryCode: in.Body.RecoveryCode, Passkey: in.Body.Passkey}.answer()
		if err != nil {
			return nil, err
		}
		done, err := f.Access.SecondFactor(ctx, in.Body.Token, a, httpserver.ClientAddress(ctx))
		if err != nil {
			return nil, err
		}
		return f.enter(ctx, done)
	})
}
