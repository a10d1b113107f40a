package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// newBinding is an outside service bound to an account.
type newBinding struct {
	Service   string `json:"service" minLength:"1" maxLength:"64" doc:"alipay, taobao, mailbox, dingtalk, …" example:"alipay"`
	Reference string `json:"reference,omitempty" maxLength:"500" doc:"What the service calls the person."`
}

// bindingAdd records that an outside service is bound to an account.
func (f *face) bindingAdd() {
	register(f, operation{
		ID: "add-binding", Method: http.MethodPost, Path: "/v1/accounts/{id}/bindings", Tag: tagAccounts, Access: role(identity.Operator),
		Status: http.StatusCreated, Creates: true,
		Problems: map[int][]string{http.StatusNotFound: {"account_not_found"}, http.StatusUnprocessableEntity: {"validation_failed"},
			http.StatusConflict: {"account_ending"}},
	}, func(ctx context.Context, in *struct {
		ByID
		Body newBinding
	}) (*answer[bindingView], error) {
		b, err := f.Accounts.Bind(ctx, asOperator(ctx), in.ID, in.Body.Service, in.Body.Reference)
		if err != nil {
			return nil, err
		}
		return &answer[bindingView]{Body: shapeBinding(b)}, nil
	})
}
