package api

import (
	"context"
	"net/http"
	"time"

	"github.com/signoff-id/signoff/internal/httpserver"
)

// resumeName is whose pause is to end.
type resumeName struct {
	Name string `json:"name" minLength:"1" maxLength:"254" doc:"Mobile number, e-mail address or user name."`
}

// sentLink says until when a link would hold, and when another may be asked for.
type sentLink struct {
	ExpiresAt time.Time `json:"expires_at"`
	NextAt    time.Time `json:"next_at" doc:"Before then another one is refused."`
}

// resumeLinkSend mails the link that ends a pause, where there is one to end;
// the answer does not tell.
func (f *face) resumeLinkSend() {
	register(f, operation{
		ID: "send-resume-link", Method: http.MethodPost, Path: "/v1/account/resume-links", Tag: tagAccount, Access: everybody(), Status: http.StatusAccepted,
		Problems: map[int][]string{http.StatusTooManyRequests: {"too_many_codes"}},
	}, func(ctx context.Context, in *struct{ Body resumeName }) (*answer[sentLink], error) {
		sent, err := f.Access.SendResumeLink(ctx, in.Body.Name, httpserver.Language(ctx))
		if err != nil {
			return nil, err
		}
		return &answer[sentLink]{Body: sentLink{ExpiresAt: sent.ExpiresAt.UTC(), NextAt: sent.Next.UTC()}}, nil
	})
}
