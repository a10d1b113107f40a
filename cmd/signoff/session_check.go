package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

// sessionCheckCmd says whose valid session a token is. The token comes on
// standard input: arguments can be read by everybody on the machine.
type sessionCheckCmd struct{}

func (sessionCheckCmd) Run(ctx context.Context, e *env) error {
	text, err := e.readFile("-")
	if err != nil {
		return err
	}
	token, err := oneSecret(text)
	if err != nil {
		return err
	}
	return e.open(ctx, func(a *app.App) error {
		s, err := a.Sessions.Look(ctx, token)
		if err != nil {
			return err
		}
		return e.done(viewSession(e.lang)(s), "session_valid", "account", s.Account, "until", s.ExpiresAt)
	})
}
