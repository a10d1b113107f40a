package api

import (
	"context"
	"net/http"
)

// sessionProvePasskey asks one of the caller's passkeys for a proof of identity.
func (f *face) sessionProvePasskey() {
	register(f, operation{
		ID: "ask-passkey", Method: http.MethodPost, Path: "/v1/session/proof/passkey", Tag: tagSessions, Access: everyAccount(),
		Problems: map[int][]string{http.StatusUnauthorized: {"passkey_wrong"}, http.StatusConflict: {"account_ending", "passkeys_unavailable"}},
	}, func(ctx context.Context, _ *none) (*answer[question], error) {
		asked, err := f.Access.AskPasskey(ctx, principalOf(ctx).Session)
		if err != nil {
			return nil, err
		}
		q, err := shapeQuestion(asked)
		return &answer[question]{Body: q}, err
	})
}
