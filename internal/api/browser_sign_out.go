package api

import (
	"context"
	"net/http"
)

// leaving says whether to wait for nothing.
type leaving struct {
	Force bool `json:"force,omitempty" doc:"Whatever work apps have in hand."`
}

// browserSignOut ends the session of every account of a browser.
func (f *face) browserSignOut() {
	register(f, operation{
		ID: "sign-out-browser", Method: http.MethodPost, Path: "/v1/browser/sign-out", Tag: tagBrowser, Access: everyAccount(),
		Problems: map[int][]string{http.StatusUnauthorized: {"browser_key_not_valid"}, http.StatusConflict: {"browser_changed", "work_unsaved"}},
	}, func(ctx context.Context, in *struct {
		ByBrowser
		Body leaving
	}) (*answer[signedOut], error) {
		n, err := f.Browsers.SignOut(ctx, principalOf(ctx).Session, in.Key, in.Body.Force)
		if err != nil {
			return nil, f.withWork(ctx, err)
		}
		return &answer[signedOut]{Body: signedOut{Ended: &n}}, nil
	})
}
