package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/identity"
)

// wantedRegistration is what somebody wants to register with.
type wantedRegistration struct {
	Kind  string `json:"kind" enum:"mobile,email"`
	Value string `json:"value" minLength:"1" maxLength:"254"`
}

// registrationBegin sends a code to an address or number.
func (f *face) registrationBegin() {
	register(f, operation{
		ID: "begin-registration", Method: http.MethodPost, Path: "/v1/registrations", Tag: tagSessions, Access: everybody(), Status: http.StatusAccepted,
		Problems: wayIn(map[int][]string{http.StatusForbidden: {"registration_closed"}, http.StatusTooManyRequests: {"too_many_codes"}}),
	}, func(ctx context.Context, in *struct{ Body wantedRegistration }) (*answer[sentCode], error) {
		sent, err := f.Access.BeginRegistration(ctx, identity.Identifier(in.Body), httpserver.Language(ctx), httpserver.ClientAddress(ctx))
		if err != nil {
			return nil, err
		}
		return &answer[sentCode]{Body: shapeSent(sent)}, nil
	})
}
