package api

import (
	"context"
	"net/http"
)

// switchedAccount is the session of the account that is current from now on.
type switchedAccount struct {
	Token   string      `json:"token" doc:"For Authorization: Bearer. It is told this once; the session's token before is dead."`
	Session sessionView `json:"session"`
}

// browserSwitch makes another account of the browser the current one. Asking the
// person first is the caller's.
func (f *face) browserSwitch() {
	register(f, operation{
		ID: "switch-account", Method: http.MethodPost, Path: "/v1/browser/accounts/{id}/switch", Tag: tagBrowser, Access: everyAccount(),
		Problems: map[int][]string{http.StatusUnauthorized: {"browser_key_not_valid"}, http.StatusNotFound: {"browser_account_not_found"},
			http.StatusConflict: {"browser_changed", "sign_in_again"}, http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct {
		ByID
		ByBrowser
	}) (*answer[switchedAccount], error) {
		done, err := f.Browsers.Switch(ctx, principalOf(ctx).Session, in.Key, in.ID)
		if err != nil {
			return nil, err
		}
		return &answer[switchedAccount]{Body: switchedAccount{Token: done.Token, Session: shapeSession(ctx, done.Session.ID)(done.Session)}}, nil
	})
}
