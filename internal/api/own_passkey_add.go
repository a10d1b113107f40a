package api

import (
	"context"
	"encoding/json"
	"net/http"
)

// newPasskey is a browser's new passkey.
type newPasskey struct {
	Token   string        `json:"token" minLength:"1" maxLength:"100" doc:"Of the question."`
	Name    string        `json:"name,omitempty" maxLength:"100"`
	Passkey passkeyAnswer `json:"passkey" doc:"As PublicKeyCredential.toJSON gives it."`
}

// ownPasskeyAdd keeps a new passkey of the caller.
func (f *face) ownPasskeyAdd() {
	register(f, operation{
		ID: "add-own-passkey", Method: http.MethodPost, Path: "/v1/account/factors/passkey", Tag: tagAccount, Access: everyAccount().fresh(), Status: http.StatusCreated,
		Problems: map[int][]string{http.StatusUnauthorized: {"step_not_valid", "passkey_wrong"}, http.StatusConflict: {"factor_exists", "passkeys_unavailable", "account_ending"}},
	}, func(ctx context.Context, in *struct{ Body newPasskey }) (*answer[addedFactor], error) {
		text, err := json.Marshal(in.Body.Passkey)
		if err != nil {
			return nil, err
		}
		id, codes, err := f.Access.AddPasskey(ctx, principalOf(ctx).Session, in.Body.Token, in.Body.Name, text)
		if err != nil {
			return nil, err
		}
		return &answer[addedFactor]{Body: addedFactor{ID: id, RecoveryCodes: codes}}, nil
	})
}
