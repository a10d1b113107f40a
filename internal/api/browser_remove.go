package api

import (
	"context"
	"net/http"
)

// browserRemove takes an account off a browser. Who is signed in goes only by a
// session of this browser; whose session is over, with the key alone.
func (f *face) browserRemove() {
	register(f, operation{
		ID: "remove-browser-account", Method: http.MethodDelete, Path: "/v1/browser/accounts/{id}", Tag: tagBrowser, Access: everybody(),
		Problems: map[int][]string{http.StatusUnauthorized: {"browser_key_not_valid", "browser_not_proved"},
			http.StatusNotFound: {"browser_account_not_found"}, http.StatusConflict: {"browser_current_stays", "browser_changed", "work_unsaved"}},
	}, func(ctx context.Context, in *struct {
		ByID
		ByBrowser
		Authorization string `header:"Authorization" maxLength:"300" doc:"Bearer and the token of a session of this browser. Needed where the account is signed in."`
		Force         bool   `query:"force" doc:"Whatever work apps have in hand."`
	}) (*none, error) {
		on := f.sessionOf(ctx, bearer(in.Authorization))
		principalOf(ctx).Session = on
		return nil, f.withWork(ctx, f.Browsers.Remove(ctx, on, in.Key, in.ID, in.Force))
	})
}
