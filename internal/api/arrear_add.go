package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// newArrear is money that is owed.
type newArrear struct {
	Currency  string `json:"currency" minLength:"3" maxLength:"3" doc:"ISO 4217." example:"CNY"`
	Amount    int64  `json:"amount" minimum:"1" doc:"In minor units: fen, cents."`
	Reference string `json:"reference,omitempty" maxLength:"500" doc:"The invoice or the order."`
}

// arrearAdd records that an account's holder owes money.
func (f *face) arrearAdd() {
	register(f, operation{
		ID: "add-arrear", Method: http.MethodPost, Path: "/v1/accounts/{id}/arrears", Tag: tagAccounts, Access: role(identity.Operator),
		Status: http.StatusCreated, Creates: true,
		Problems: map[int][]string{http.StatusNotFound: {"account_not_found"}, http.StatusUnprocessableEntity: {"validation_failed"},
			http.StatusConflict: {"account_ending"}},
	}, func(ctx context.Context, in *struct {
		ByID
		Body newArrear
	}) (*answer[arrearView], error) {
		a, err := f.Accounts.AddArrear(ctx, asOperator(ctx), identity.Arrear{Account: in.ID, Currency: in.Body.Currency,
			Amount: in.Body.Amount, Reference: in.Body.Reference})
		if err != nil {
			return nil, err
		}
		return &answer[arrearView]{Body: shapeArrear(a)}, nil
	})
}
