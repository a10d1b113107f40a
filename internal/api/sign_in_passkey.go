package api

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/httpserver"
)

// passkeySession is who signs in by a passkey alone, on what.
type passkeySession struct {
	Token   string        `json:"token" minLength:"1" maxLength:"100" doc:"Of the question."`
	Passkey passkeyAnswer `json:"passkey" doc:"The passkey's answer, as PublicKeyCredential.toJSON gives it."`
	Device  newDevice     `json:"device,omitempty"`
	App     string        `json:"app" minLength:"1" maxLength:"100"`
	Resume  bool          `json:"resume,omitempty" doc:"End the account's pause, where it is paused."`
}

// signInPasskey starts a session for whoever a passkey belongs to.
func (f *face) signInPasskey() {
	register(f, operation{
		ID: "sign-in-by-passkey", Method: http.MethodPost, Path: "/v1/sessions/passkey", Tag: tagSessions, Access: everybody(), Status: http.StatusCreated,
		Problems: wayIn(map[int][]string{
			http.StatusUnauthorized: {"step_not_valid", "passkey_wrong"}, http.StatusForbidden: {"account_blocked"},
			http.StatusConflict: {"account_ending", "account_cooling_off", "account_paused", "session_limit_reached", "passkeys_unavailable"},
		}),
	}, func(ctx context.Context, in *struct{ Body passkeySession }) (*entered, error) {
		text, err := json.Marshal(in.Body.Passkey)
		if err != nil {
			return nil, err
		}
		done, err := f.Access.SignInByPasskey(ctx, access.ByPasskey{Step: in.Body.Token, Answer: text,
			Device: in.Body.Device.given(ctx), App: in.Body.App, Address: httpserver.ClientAddress(ctx), Resume: in.Body.Resume})
		if err != nil {
			return nil, err
		}
		return f.enter(ctx, done)
	})
}
