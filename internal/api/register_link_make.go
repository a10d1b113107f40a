package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// registerLinkMake makes a link by which one address or number can register,
// even where registration is closed.
func (f *face) registerLinkMake() {
	register(f, operation{
		ID: "make-register-link", Method: http.MethodPost, Path: "/v1/registrations/links", Tag: tagAccounts, Access: role(identity.Operator), Status: http.StatusCreated,
		Problems: map[int][]string{http.StatusConflict: {"identifier_taken"}},
	}, func(ctx context.Context, in *struct{ Body wantedRegistration }) (*answer[handedLink], error) {
		link, until, err := f.Access.MakeRegisterLink(ctx, asOperator(ctx), identity.Identifier(in.Body))
		if err != nil {
			return nil, err
		}
		return &answer[handedLink]{Body: handedLink{Link: link, ExpiresAt: until.UTC()}}, nil
	})
}
