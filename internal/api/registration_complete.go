package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/identity"
)

// newRegistration is what a person's account begins with.
type newRegistration struct {
	Kind     string `json:"kind" enum:"mobile,email"`
	Value    string `json:"value" minLength:"1" maxLength:"254"`
	Code     string `json:"code,omitempty" maxLength:"20" doc:"As sent to it."`
	Token    string `json:"token,omitempty" maxLength:"100" doc:"Instead of a code: what stands behind # in an operator's link."`
	Name     string `json:"name,omitempty" doc:"What the person is called."`
	Locale   string `json:"locale,omitempty" doc:"The language of notices: zh-CN (if left out) or en."`
	Password string `json:"password"`
}

// registrationComplete makes the account of somebody who has shown that the
// address or number is theirs.
func (f *face) registrationComplete() {
	register(f, operation{
		ID: "register", Method: http.MethodPost, Path: "/v1/registrations/complete", Tag: tagSessions, Access: everybody(), Status: http.StatusCreated,
		Problems: wayIn(map[int][]string{http.StatusUnauthorized: {"code_wrong"}, http.StatusForbidden: {"registration_closed"}}),
	}, func(ctx context.Context, in *struct{ Body newRegistration }) (*answer[accountView], error) {
		b := in.Body
		a, err := f.Access.Register(ctx, access.Registration{Identifier: identity.Identifier{Kind: b.Kind, Value: b.Value}, Code: b.Code, Link: b.Token,
			Name: b.Name, Locale: b.Locale, Password: b.Password}, httpserver.ClientAddress(ctx))
		if err != nil {
			return nil, err
		}
		return &answer[accountView]{Body: shapeAccount(a)}, nil
	})
}
