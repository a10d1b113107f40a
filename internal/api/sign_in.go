package api

import (
	"context"
	"net/http"

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

// startedSession is a session with its token.
type startedSession struct {
	Token           string            `json:"token" doc:"For Authorization: Bearer. It is told this once."`
	Session         sessionView       `json:"session"`
	WithdrewClosure *withdrawnClosure `json:"withdrew_closure,omitempty" doc:"Set when this sign-in has withdrawn a closure."`
	ResumeState     *stateNote        `json:"resume_state,omitempty" doc:"What the app has stored for the person to come back to."`
	Resumed         bool              `json:"resumed,omitempty" doc:"Whether this sign-in has ended a pause."`
}

// withdrawnClosure tells a person that signing in has kept the account.
type withdrawnClosure struct {
	ID      string `json:"id"`
	Message string `json:"message" doc:"What the policy says about it, in the caller's language."`
}

// signIn starts a session. It takes no Idempotency-Key: the answer holds a
// secret.
func (f *face) signIn() {
	register(f, operation{
		ID: "sign-in", Method: http.MethodPost, Path: "/v1/sessions", Tag: tagSessions, Access: everybody(), Status: http.StatusCreated,
		Problems: map[int][]string{
			http.StatusUnauthorized: {"credentials_wrong"}, http.StatusForbidden: {"account_blocked"},
			http.StatusConflict: {"account_ending", "account_cooling_off", "account_paused", "session_limit_reached"},
		},
	}, func(ctx context.Context, in *struct{ Body newSession }) (*answer[startedSession], error) {
		done, err := f.Access.SignIn(ctx, access.Attempt{Name: in.Body.Name, Password: in.Body.Password,
			Device: in.Body.Device.given(ctx), App: in.Body.App, Address: httpserver.ClientAddress(ctx), Resume: in.Body.Resume})
		if err != nil {
			return nil, err
		}
		out := &answer[startedSession]{Body: startedSession{Token: done.Token, Session: shapeSession(ctx, done.Session.ID)(done.Session), Resumed: done.Resumed}}
		if out.Body.ResumeState, err = f.comesBack(ctx, done.Session.Account, done.Session.App); err != nil {
			return nil, err
		}
		if done.Withdrew != nil {
			out.Body.WithdrewClosure, err = f.withdrew(ctx, *done.Withdrew)
		}
		return out, err
	})
}

func (f *face) withdrew(ctx context.Context, c closure.Closure) (*withdrawnClosure, error) {
	v, err := f.Closures.Get(ctx, c.ID, c.Account)
	if err != nil {
		return nil, err
	}
	return &withdrawnClosure{ID: c.ID, Message: v.Policy.Texts[policy.TextWithdrawnBySignIn].In(httpserver.Language(ctx))}, nil
}
