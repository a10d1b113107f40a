package api

import (
	"context"
	"net/http"
)

// recoveryCodes are told once.
type recoveryCodes struct {
	Codes []string `json:"codes" doc:"Each works once. They are told this once; the old ones are worth nothing any more."`
}

// ownRecoveryCodes makes new recovery codes for the caller.
func (f *face) ownRecoveryCodes() {
	register(f, operation{
		ID: "renew-own-recovery-codes", Method: http.MethodPost, Path: "/v1/account/recovery-codes", Tag: tagAccount, Access: everyAccount().fresh(), Status: http.StatusCreated,
		Problems: map[int][]string{http.StatusConflict: {"factor_none", "account_ending"}},
	}, func(ctx context.Context, _ *none) (*answer[recoveryCodes], error) {
		on := principalOf(ctx).Session
		codes, err := f.Access.RenewRecoveryCodes(ctx, on.Account, on.ID)
		if err != nil {
			return nil, err
		}
		return &answer[recoveryCodes]{Body: recoveryCodes{Codes: codes}}, nil
	})
}
