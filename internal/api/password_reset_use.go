package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/httpserver"
)

// passwordReset is a new password, by a link.
type passwordReset struct {
	Token    string `json:"token" minLength:"1" maxLength:"100" doc:"What stands behind # in the link."`
	Password string `json:"password" maxLength:"4096"`
}

// passwordResetUse sets a new password by a link, once.
func (f *face) passwordResetUse() {
	register(f, operation{
		ID: "reset-password", Method: http.MethodPost, Path: "/v1/password-resets/use", Tag: tagSessions, Access: everybody(),
		Problems: wayIn(map[int][]string{http.StatusUnauthorized: {"code_wrong"}, http.StatusForbidden: {"account_blocked"}, http.StatusConflict: {"account_ending"}}),
	}, func(ctx context.Context, in *struct{ Body passwordReset }) (*none, error) {
		return nil, f.Access.ResetPassword(ctx, in.Body.Token, in.Body.Password, httpserver.ClientAddress(ctx))
	})
}
