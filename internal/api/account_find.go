package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// wantedAccount is a sign-in name to look for.
type wantedAccount struct {
	Name string `json:"name" minLength:"1" maxLength:"254" doc:"Mobile number, e-mail address or user name."`
}

// accountFind looks an account up by a name that it signs in with. It is a POST
// because a name is personal and must not stand in an address.
func (f *face) accountFind() {
	register(f, operation{
		ID: "find-account", Method: http.MethodPost, Path: "/v1/accounts/find", Tag: tagAccounts, Access: role(identity.Operator),
		Problems: map[int][]string{http.StatusNotFound: {"account_not_found"}},
	}, func(ctx context.Context, in *struct{ Body wantedAccount }) (*answer[accountView], error) {
		a, err := f.Accounts.Find(ctx, in.Body.Name)
		if err != nil {
			return nil, err
		}
		return &answer[accountView]{Body: shapeAccount(a)}, nil
	})
}
