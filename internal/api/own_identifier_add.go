package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// ownIdentifierAdd sends a code to an address or number that the caller wants to
// sign in with.
func (f *face) ownIdentifierAdd() {
	register(f, operation{
		ID: "add-own-identifier", Method: http.MethodPost, Path: "/v1/account/identifiers", Tag: tagAccount, Access: everyAccount().fresh(), Status: http.StatusAccepted,
		Problems: map[int][]string{http.StatusConflict: {"account_ending"}, http.StatusTooManyRequests: {"too_many_codes"}},
	}, func(ctx context.Context, in *struct{ Body identifier }) (*answer[sentCode], error) {
		sent, err := f.Access.AddOwnIdentifier(ctx, principalOf(ctx).Session, identity.Identifier(in.Body))
		if err != nil {
			return nil, err
		}
		return &answer[sentCode]{Body: shapeSent(sent)}, nil
	})
}
