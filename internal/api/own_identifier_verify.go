package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// verification is an identifier with the code that was sent to it.
type verification struct {
	Kind  string `json:"kind" enum:"mobile,email"`
	Value string `json:"value" minLength:"1" maxLength:"254"`
	Code  string `json:"code" minLength:"1" maxLength:"20"`
}

// ownIdentifierVerify takes the code that was sent.
func (f *face) ownIdentifierVerify() {
	register(f, operation{
		ID: "verify-own-identifier", Method: http.MethodPost, Path: "/v1/account/identifiers/verify", Tag: tagAccount, Access: everyAccount(),
		Problems: wayIn(map[int][]string{http.StatusUnauthorized: {"code_wrong"}, http.StatusConflict: {"account_ending"}}),
	}, func(ctx context.Context, in *struct{ Body verification }) (*none, error) {
		return nil, f.Access.VerifyOwnIdentifier(ctx, principalOf(ctx).Session, identity.Identifier{Kind: in.Body.Kind, Value: in.Body.Value}, in.Body.Code)
	})
}
