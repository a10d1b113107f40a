package api

import (
	"context"
	"net/http"
)

// browserList gives the accounts of a browser, to choose by when nobody is signed
// in, too.
func (f *face) browserList() {
	register(f, operation{
		ID: "list-browser-accounts", Method: http.MethodGet, Path: "/v1/browser/accounts", Tag: tagBrowser, Access: everybody(),
		Problems: map[int][]string{http.StatusUnauthorized: {"browser_key_not_valid"}},
	}, func(ctx context.Context, in *ByBrowser) (*answer[list[faceView]], error) {
		all, err := f.Browsers.List(ctx, in.Key)
		if err != nil {
			return nil, err
		}
		return &answer[list[faceView]]{Body: list[faceView]{Items: each(all, shapeFace)}}, nil
	})
}
