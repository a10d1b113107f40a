package api

import (
	"time"

	"github.com/signoff-id/signoff/internal/session"
)

// device is what a person signs in on.
type device struct {
	Kind string `json:"kind" enum:"desktop,phone,tablet"`
	Name string `json:"name,omitempty" maxLength:"100" doc:"What the person or the app calls it."`
}

// sessionView is one sign-in as its owner sees it.
type sessionView struct {
	ID        string    `json:"id"`
	Device    device    `json:"device"`
	App       string    `json:"app"`
	CreatedAt time.Time `json:"created_at"`
	ExpiresAt time.Time `json:"expires_at"`
	ProvedAt  time.Time `json:"proved_at" doc:"When the person last proved who it is on this session."`
	Current   bool      `json:"current" doc:"Whether this is the session of this request."`
}

// shapeSession gives the shape of a session; current is the caller's own.
func shapeSession(current string) func(session.Session) sessionView {
	return func(s session.Session) sessionView {
		return sessionView{ID: s.ID, Device: device(s.Device), App: s.App,
			CreatedAt: s.CreatedAt.UTC(), ExpiresAt: s.ExpiresAt.UTC(), ProvedAt: s.Proof.At.UTC(), Current: s.ID == current}
	}
}
