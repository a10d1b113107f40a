package api

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/device"
	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/session"
)

// newDevice is what a person signs in on. What the caller leaves out is guessed
// from the request's headers.
type newDevice struct {
	Kind   string `json:"kind,omitempty" enum:"desktop,phone,tablet" doc:"Left out: guessed from the headers, and desktop where they say nothing."`
	Name   string `json:"name,omitempty" maxLength:"100" doc:"What the person or the app calls it."`
	System string `json:"system,omitempty" maxLength:"100" doc:"Left out: guessed from the headers." example:"Windows 11"`
	Client string `json:"client,omitempty" maxLength:"100" doc:"The browser or native program. Left out: guessed from the headers." example:"Google Chrome 124"`
	Key    string `json:"key,omitempty" maxLength:"200" doc:"What one installation of a browser or app knows itself by: random, kept by the client. Sign-ins with the same key are one device. Only a keyed hash of it is kept."`
}

// given is the device that a sign-in is from.
func (d newDevice) given(ctx context.Context) session.Device {
	out := session.Device{Kind: d.Kind, Name: d.Name, System: d.System, Client: d.Client, Key: d.Key}
	if out.Kind != "" && out.System != "" && out.Client != "" {
		return out
	}
	guess := device.Guess(func(name string) string { return httpserver.Header(ctx, name) })
	for _, part := range []struct {
		to   *string
		from string
	}{{&out.Kind, guess.Kind}, {&out.Kind, session.Desktop}, {&out.System, guess.System}, {&out.Client, guess.Client}} {
		if *part.to == "" {
			*part.to = part.from
		}
	}
	return out
}

// deviceView is the device of a session.
type deviceView struct {
	ID     string `json:"id" doc:"The same for all sessions of this account with the same device key."`
	Kind   string `json:"kind" enum:"desktop,phone,tablet"`
	Name   string `json:"name,omitempty"`
	System string `json:"system,omitempty" example:"Windows 11"`
	Client string `json:"client,omitempty" doc:"The browser or native program." example:"Google Chrome 124"`
}

// sessionView is one sign-in as its owner sees it.
type sessionView struct {
	ID        string     `json:"id"`
	Device    deviceView `json:"device"`
	App       string     `json:"app"`
	Place     string     `json:"place,omitempty" doc:"Where the sign-in came from, as far as the operator's file of address ranges says."`
	CreatedAt time.Time  `json:"created_at"`
	ExpiresAt time.Time  `json:"expires_at"`
	ActiveAt  time.Time  `json:"active_at" doc:"When it was last used; written in batches, so half a minute late."`
	ProvedAt  time.Time  `json:"proved_at" doc:"When the person last proved who it is on this session."`
	Current   bool       `json:"current" doc:"Whether this is the session of this request."`
}

// shapeSession gives the shape of a session in a language; current is the
// caller's own.
func shapeSession(ctx context.Context, current string) func(session.Session) sessionView {
	lang := httpserver.Language(ctx)
	return func(s session.Session) sessionView {
		d := deviceView{ID: s.Device.ID, Kind: s.Device.Kind, Name: s.Device.Name, System: s.Device.System, Client: s.Device.Client}
		return sessionView{ID: s.ID, Device: d, App: s.App, Place: s.Place.In(lang), CreatedAt: s.CreatedAt.UTC(), ExpiresAt: s.ExpiresAt.UTC(),
			ActiveAt: s.ActiveAt.UTC(), ProvedAt: s.Proof.At.UTC(), Current: s.ID == current}
	}
}
