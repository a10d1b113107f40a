package api

import (
	"context"
	"net/http"
)

// joining is by whose leave a session comes into a browser.
type joining struct {
	Token string `json:"token,omitempty" maxLength:"200" doc:"Of a session that is signed in in this browser. Needed to add an account while somebody is."`
}

// joinedBrowser is a browser's key from now on.
type joinedBrowser struct {
	Key      string     `json:"key" doc:"For the header Signoff-Browser. It is told this once; the one before is dead."`
	Accounts []faceView `json:"accounts" nullable:"false"`
}

// browserJoin brings the session of this request into a browser, or begins one.
func (f *face) browserJoin() {
	register(f, operation{
		ID: "join-browser", Method: http.MethodPost, Path: "/v1/browser", Tag: tagBrowser, Access: everyAccount(),
		Problems: map[int][]string{http.StatusUnauthorized: {"browser_key_not_valid", "browser_not_proved"}, http.StatusConflict: {"browser_full"}},
	}, func(ctx context.Context, in *struct {
		ByBrowser
		Body joining
	}) (*answer[joinedBrowser], error) {
		key, err := f.Browsers.Join(ctx, principalOf(ctx).Session, in.Key, f.sessionOf(ctx, in.Body.Token))
		if err != nil {
			return nil, err
		}
		all, err := f.Browsers.List(ctx, key)
		return &answer[joinedBrowser]{Body: joinedBrowser{Key: key, Accounts: each(all, shapeFace)}}, err
	})
}
