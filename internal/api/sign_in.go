package api

import (
	"context"
	"net/http"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/policy"
)

// newSession is who signs in, on what.
type newSession struct {
	Name     string    `json:"name" minLength:"1" maxLength:"254" doc:"Mobile number, e-mail address or user name."`
	Password string    `json:"password" minLength:"1" maxLength:"1024"`
	Device   newDevice `json:"device,omitempty"`
	App      string    `json:"app" minLength:"1" maxLength:"100" doc:"The app that is signed in to." example:"crm"`
	Resume   bool      `json:"resume,omitempty" doc:"End the account's pause, where it is paused. Without it such a sign-in answers account_paused."`
}

// startedSession is a session with its token, or what is still to be shown.
type startedSession struct {
	Token            string            `json:"token,omitempty" doc:"For Authorization: Bearer. It is told this once."`
	Session          *sessionView      `json:"session,omitempty"`
	WithdrewClosure  *withdrawnClosure `json:"withdrew_closure,omitempty" doc:"Set when this sign-in has withdrawn a closure."`
	PasswordOldSince *time.Time        `json:"password_old_since,omitempty" doc:"A reminder: since when the password is what it is. Nobody has to change it."`
	ResumeState      *stateNote        `json:"resume_state,omitempty" doc:"What the app has stored for the person to come back to."`
	Resumed          bool              `json:"resumed,omitempty" doc:"Whether this sign-in has ended a pause."`
	SecondFactor     *secondFactor     `json:"second_factor,omitempty" doc:"Set when a second factor is asked for: there is no session yet."`
}

// secondFactor is the first half of a sign-in.
type secondFactor struct {
	Token     string         `json:"token" doc:"For the second half. It is told this once."`
	ExpiresAt time.Time      `json:"expires_at"`
	Methods   []string       `json:"methods" doc:"Any one of them: totp, passkey, recovery_code."`
	PublicKey map[string]any `json:"public_key,omitempty" doc:"What to ask a passkey: the publicKey of navigator.credentials.get."`
}

// withdrawnClosure tells a person that signing in has kept the account.
type withdrawnClosure struct {
	ID      string `json:"id"`
	Message string `json:"message" doc:"What the policy says about it, in the caller's language."`
}

// entered is the answer to a sign-in: 201 with a session, 202 without one yet.
type entered struct {
	Status int
	Body   startedSession
}

// signIn starts a session. It takes no Idempotency-Key: the answer holds a
// secret.
func (f *face) signIn() {
	register(f, operation{
		ID: "sign-in", Method: http.MethodPost, Path: "/v1/sessions", Tag: tagSessions, Access: everybody(), Status: http.StatusCreated,
		Also: http.StatusAccepted,
		Problems: wayIn(map[int][]string{
			http.StatusUnauthorized: {"credentials_wrong"}, http.StatusForbidden: {"account_blocked"},
			http.StatusConflict: {"account_ending", "account_cooling_off", "account_paused", "session_limit_reached"},
		}),
	}, func(ctx context.Context, in *struct{ Body newSession }) (*entered, error) {
		done, err := f.Access.SignIn(ctx, access.Attempt{Name: in.Body.Name, Password: in.Body.Password,
			Device: in.Body.Device.given(ctx), App: in.Body.App, Address: httpserver.ClientAddress(ctx), Resume: in.Body.Resume})
		if err != nil {
			return nil, err
		}
		return f.enter(ctx, done)
	})
}

// enter gives the shape of a sign-in, complete or half done.
func (f *face) enter(ctx context.Context, done access.SignedIn) (*entered, error) {
	if p := done.Pending; p != nil {
		out := &secondFactor{Token: p.Token, ExpiresAt: p.ExpiresAt.UTC(), Methods: p.Methods}
		if p.Passkey != nil {
			var err error
			if out.PublicKey, err = publicKey(p.Passkey); err != nil {
				return nil, err
			}
		}
		return &entered{Status: http.StatusAccepted, Body: startedSession{SecondFactor: out}}, nil
	}
	view := shapeSession(ctx, done.Session.ID)(done.Session)
	out := &entered{Status: http.StatusCreated, Body: startedSession{Token: done.Token, Session: &view, Resumed: done.Resumed, PasswordOldSince: when(done.PasswordSince)}}
	var err error
	if out.Body.ResumeState, err = f.comesBack(ctx, done.Session.Account, done.Session.App); err != nil {
		return nil, err
	}
	if done.Withdrew != nil {
		out.Body.WithdrewClosure, err = f.withdrew(ctx, *done.Withdrew)
	}
	return out, err
}

func (f *face) withdrew(ctx context.Context, c closure.Closure) (*withdrawnClosure, error) {
	v, err := f.Closures.Get(ctx, c.ID, c.Account)
	if err != nil {
		return nil, err
	}
	return &withdrawnClosure{ID: c.ID, Message: v.Policy.Texts[policy.TextWithdrawnBySignIn].In(httpserver.Language(ctx))}, nil
}
