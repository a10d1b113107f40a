package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// newAccount is what an account begins with.
type newAccount struct {
	Name        string       `json:"name,omitempty" doc:"What the person is called."`
	Locale      string       `json:"locale,omitempty" doc:"The language of notices: zh-CN (if left out) or en."`
	Password    string       `json:"password,omitempty" doc:"At least as long as the setting password.min_length says. Left out: nobody can sign in until one is set."`
	Identifiers []identifier `json:"identifiers" nullable:"false" minItems:"1" maxItems:"20"`
	Verified    bool         `json:"verified,omitempty" doc:"Whether the identifiers are known to be the person's own: codes and links go to such ones only."`
}

// accountCreate makes an account.
func (f *face) accountCreate() {
	register(f, operation{
		ID: "create-account", Method: http.MethodPost, Path: "/v1/accounts", Tag: tagAccounts, Access: role(identity.Operator),
		Status: http.StatusCreated, Creates: true,
		Problems: map[int][]string{http.StatusConflict: {"identifier_taken", "identifier_reserved"}, http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct{ Body newAccount }) (*created[accountView], error) {
		a, err := f.Accounts.Create(ctx, asOperator(ctx), identity.NewAccount{Name: in.Body.Name, Locale: in.Body.Locale, Password: in.Body.Password, Verified: in.Body.Verified,
			Identifiers: each(in.Body.Identifiers, func(i identifier) identity.Identifier { return identity.Identifier(i) })})
		if err != nil {
			return nil, err
		}
		return &created[accountView]{Location: "/v1/accounts/" + a.ID, Body: shapeAccount(a)}, nil
	})
}
