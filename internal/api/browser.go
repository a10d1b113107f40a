package api

import (
	"context"

	"github.com/signoff-id/signoff/internal/browser"
	"github.com/signoff-id/signoff/internal/session"
)

// ByBrowser names a browser by its key: in a header, for an address is logged.
type ByBrowser struct {
	Key string `header:"Signoff-Browser" maxLength:"200" doc:"The browser's key, sob_…"`
}

// faceView is an account as a browser shows it to choose by.
type faceView struct {
	ID       string `json:"id" doc:"In this browser; it tells nothing of the account."`
	Name     string `json:"name,omitempty"`
	Hint     string `json:"hint,omitempty" doc:"A masked identifier."`
	SignedIn bool   `json:"signed_in" doc:"If not: sign in again. Why, nobody is told."`
	Current  bool   `json:"current"`
}

func shapeFace(x browser.Face) faceView { return faceView(x) }

// sessionOf gives the session of a token, the zero one for none or one that has
// ended: who shows it proves nothing then.
func (f *face) sessionOf(ctx context.Context, token string) session.Session {
	s, err := f.Sessions.Check(ctx, token)
	if err != nil {
		return session.Session{}
	}
	return s
}
