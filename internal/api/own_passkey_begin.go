package api

import (
	"context"
	"net/http"
)

// ownPasskeyBegin asks for a new passkey.
func (f *face) ownPasskeyBegin() {
	register(f, operation{
		ID: "begin-own-passkey", Method: http.MethodPost, Path: "/v1/account/factors/passkey/question", Tag: tagAccount, Access: everyAccount().fresh(),
		Problems: map[int][]string{http.StatusConflict: {"factors_too_many", "passkeys_unavailable", "account_ending"}},
	}, func(ctx context.Context, _ *none) (*answer[question], error) {
		asked, err := f.Access.BeginPasskey(ctx, principalOf(ctx).Session)
		if err != nil {
			return nil, err
		}
		q, err := shapeQuestion(asked)
		return &answer[question]{Body: q}, err
	})
}
