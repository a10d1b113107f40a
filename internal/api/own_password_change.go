package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/access"
)

// passwordChange is what a person asks for.
type passwordChange struct {
	Old          string `json:"old_password,omitempty" maxLength:"1024" doc:"Left out: the session needs a fresh proof of identity."`
	New          string `json:"new_password" maxLength:"4096"`
	KeepSessions bool   `json:"keep_sessions,omitempty" doc:"Whether the sessions on other devices go on. By default they end."`
}

// renewedSession is the caller's own session under another token.
type renewedSession struct {
	Token string `json:"token" doc:"The session's new token: the old one is worth nothing any more. It is told this once."`
}

// ownPasswordChange gives the caller another password.
func (f *face) ownPasswordChange() {
	register(f, operation{
		ID: "change-own-password", Method: http.MethodPut, Path: "/v1/account/password", Tag: tagAccount, Access: everyAccount(),
		Problems: wayIn(map[int][]string{http.StatusUnauthorized: {"credentials_wrong", "proof_required"}, http.StatusConflict: {"account_ending"}}),
	}, func(ctx context.Context, in *struct{ Body passwordChange }) (*answer[renewedSession], error) {
		token, err := f.Access.ChangePassword(ctx, principalOf(ctx).Session, access.PasswordChange(in.Body))
		if err != nil {
			return nil, err
		}
		return &answer[renewedSession]{Body: renewedSession{Token: token}}, nil
	})
}
