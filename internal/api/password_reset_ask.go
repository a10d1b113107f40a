package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/httpserver"
)

// wantedReset names who has forgotten the password.
type wantedReset struct {
	Name string `json:"name" minLength:"1" maxLength:"254" doc:"Mobile number, e-mail address or user name."`
}

// passwordResetAsk sends a link by which a new password can be set.
func (f *face) passwordResetAsk() {
	register(f, operation{
		ID: "ask-password-reset", Method: http.MethodPost, Path: "/v1/password-resets", Tag: tagSessions, Access: everybody(), Status: http.StatusAccepted,
		Problems: wayIn(map[int][]string{http.StatusTooManyRequests: {"too_many_codes"}}),
	}, func(ctx context.Context, in *struct{ Body wantedReset }) (*none, error) {
		return nil, f.Access.AskReset(ctx, in.Body.Name, httpserver.ClientAddress(ctx))
	})
}
