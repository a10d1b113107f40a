package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// ownIdentifierRemove takes one of the caller's names away.
func (f *face) ownIdentifierRemove() {
	register(f, operation{
		ID: "remove-own-identifier", Method: http.MethodPost, Path: "/v1/account/identifiers/remove", Tag: tagAccount, Access: everyAccount().fresh(),
		Problems: map[int][]string{http.StatusNotFound: {"identifier_not_found"}, http.StatusConflict: {"identifier_last", "account_ending"}},
	}, func(ctx context.Context, in *struct{ Body identifier }) (*none, error) {
		return nil, f.Accounts.RemoveIdentifier(ctx, asMember(ctx), principalOf(ctx).Account(), identity.Identifier(in.Body))
	})
}
