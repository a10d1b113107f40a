package api

import (
	"context"
	"net/http"
)

// totpEnrolment is the secret of an authenticator app.
type totpEnrolment struct {
	ID     string `json:"id"`
	Secret string `json:"secret" doc:"To be typed into the app. It is told this once."`
	URL    string `json:"url" doc:"otpauth://, to be shown as a QR code."`
}

// ownTOTPBegin makes the secret of an authenticator app.
func (f *face) ownTOTPBegin() {
	register(f, operation{
		ID: "begin-own-totp", Method: http.MethodPost, Path: "/v1/account/factors/totp", Tag: tagAccount, Access: everyAccount().fresh(), Status: http.StatusCreated,
		Problems: map[int][]string{http.StatusConflict: {"factor_exists", "account_ending"}},
	}, func(ctx context.Context, in *struct{ Body factorName }) (*answer[totpEnrolment], error) {
		made, err := f.Access.BeginTOTP(ctx, principalOf(ctx).Account(), in.Body.Name)
		if err != nil {
			return nil, err
		}
		return &answer[totpEnrolment]{Body: totpEnrolment(made)}, nil
	})
}
