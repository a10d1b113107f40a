package api

import (
	"context"
	"net/http"
)

// firstCode is the first code of a new authenticator app.
type firstCode struct {
	Code string `json:"code" minLength:"1" maxLength:"20"`
}

// ownTOTPConfirm makes an authenticator app count.
func (f *face) ownTOTPConfirm() {
	register(f, operation{
		ID: "confirm-own-totp", Method: http.MethodPost, Path: "/v1/account/factors/totp/{id}/confirm", Tag: tagAccount, Access: everyAccount().fresh(),
		Problems: wayIn(map[int][]string{http.StatusUnauthorized: {"code_wrong"}, http.StatusNotFound: {"factor_not_found"}, http.StatusConflict: {"account_ending"}}),
	}, func(ctx context.Context, in *struct {
		ByID
		Body firstCode
	}) (*answer[addedFactor], error) {
		codes, err := f.Access.ConfirmTOTP(ctx, principalOf(ctx).Session, in.ID, in.Body.Code)
		if err != nil {
			return nil, err
		}
		return &answer[addedFactor]{Body: addedFactor{ID: in.ID, RecoveryCodes: codes}}, nil
	})
}
