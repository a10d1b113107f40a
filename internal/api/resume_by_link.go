package api

import (
	"context"
	"net/http"
)

// linkToken is what a mailed link carries.
type linkToken struct {
	Token string `json:"token" minLength:"1" maxLength:"200" doc:"What stands behind the # of the link."`
}

// resumeByLink ends the pause that a link was mailed for. It signs nobody in.
func (f *face) resumeByLink() {
	register(f, operation{
		ID: "resume-by-link", Method: http.MethodPost, Path: "/v1/account/resume", Tag: tagAccount, Access: everybody(),
		Problems: map[int][]string{http.StatusUnauthorized: {"code_wrong"}, http.StatusForbidden: {"account_blocked"},
			http.StatusConflict: {"account_not_paused"}},
	}, func(ctx context.Context, in *struct{ Body linkToken }) (*none, error) {
		return nil, f.Access.ResumeByLink(ctx, in.Body.Token)
	})
}
