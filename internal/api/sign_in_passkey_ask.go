package api

import (
	"context"
	"net/http"
)

// signInPasskeyAsk asks whoever is there for a passkey, instead of a name and a
// password.
func (f *face) signInPasskeyAsk() {
	register(f, operation{
		ID: "ask-any-passkey", Method: http.MethodPost, Path: "/v1/sessions/passkey/question", Tag: tagSessions, Access: everybody(),
		Problems: map[int][]string{http.StatusConflict: {"passkeys_unavailable"}},
	}, func(ctx context.Context, _ *none) (*answer[question], error) {
		asked, err := f.Access.AskAnyPasskey(ctx)
		if err != nil {
			return nil, err
		}
		q, err := shapeQuestion(asked)
		return &answer[question]{Body: q}, err
	})
}
