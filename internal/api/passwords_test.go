package api_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/signal"
)

const another = "another good passphrase"

// known makes somebody whose address is verified.
func (s *scene) known() (a identity.Account, name string) {
	s.T.Helper()
	a, name = s.Person()
	s.Must(s.App.Accounts.VouchIdentifier(s.T.Context(), app.Actor(), a.ID, identity.Identifier{Kind: identity.Email, Value: name + "@example.com"}))
	return a, name
}

// kinds gives the kinds of the letters that wait for an account.
func (s *scene) told(account string) (kinds []string) {
	for _, n := range s.Letters(account) {
		kinds = append(kinds, n.Kind)
	}
	return kinds
}

func tokenOf(link string) string {
	_, token, _ := strings.Cut(link, "#")
	return token
}

func TestChangingThePassword(t *testing.T) {
	onBoth(t, func(t *testing.T, s *scene) {
		ctx := t.Context()
		a, name := s.known()
		s.Must(s.with("").AskPasswordReset(ctx, name))
		link := s.Code(a.ID)
		own, other := s.SignIn(name).Token, s.SignIn(name).Token
		c := s.with(own)
		_, err := c.ChangePassword(ctx, client.PasswordChange{Old: "not the passphrase", New: another})
		refused(t, err, "credentials_wrong")
		_, err = c.ChangePassword(ctx, client.PasswordChange{Old: apptest.Password, New: "password"})
		refused(t, err, "validation_failed")
		renewed, err := c.ChangePassword(ctx, client.PasswordChange{Old: apptest.Password, New: another})
		s.Must(err)
		if s.Alive(own) || s.Alive(other) || !s.Alive(renewed.Token) {
			t.Errorf("alive: the old token %v, another session %v, the new token %v", s.Alive(own), s.Alive(other), s.Alive(renewed.Token))
		}
		refused(t, s.with("").ResetPassword(ctx, client.PasswordReset{Token: tokenOf(link), Password: another}), "code_wrong")
		if got := fmt.Sprint(s.told(a.ID)); !strings.Contains(got, signal.PasswordChanged) {
			t.Errorf("told %s", got)
		}
		if _, err := s.enter(name, another); err != nil {
			t.Error(err)
		}
		_, err = s.enter(name, apptest.Password)
		refused(t, err, "credentials_wrong")

		kept := s.SignInWith(name, another).Token
		renewed, err = s.with(renewed.Token).ChangePassword(ctx, client.PasswordChange{New: apptest.Password, KeepSessions: true}) // signed in a moment ago
		s.Must(err)
		if !s.Alive(kept) || !s.Alive(renewed.Token) {
			t.Error("a session that was to go on has ended")
		}
	})
}

func TestResettingThePassword(t *testing.T) {
	onBoth(t, func(t *testing.T, s *scene) {
		ctx := t.Context()
		a, name := s.known()
		use := func(link string) error {
			return s.with("").ResetPassword(ctx, client.PasswordReset{Token: tokenOf(link), Password: another})
		}
		s.Must(s.with("").AskPasswordReset(ctx, name))
		first := s.Code(a.ID)
		s.Clock.Advance(2 * time.Minute)
		s.Must(s.with("").AskPasswordReset(ctx, name))
		second := s.Code(a.ID)
		if first == "" || second == "" {
			t.Fatal("no link was sent")
		}
		refused(t, use(first), "code_wrong") // a newer one is there
		in := s.SignIn(name)
		s.Must(use(second))
		if s.Alive(in.Token) {
			t.Error("a session outlived the reset")
		}
		refused(t, use(second), "code_wrong")
		if _, err := s.enter(name, another); err != nil {
			t.Error(err)
		}

		s.Clock.Advance(time.Hour)
		s.Must(s.with("").AskPasswordReset(ctx, name))
		late := s.Code(a.ID)
		s.Clock.Advance(31 * time.Minute)
		refused(t, use(late), "code_wrong")

		s.Clock.Advance(time.Hour)
		s.Must(s.with("").AskPasswordReset(ctx, name))
		banned := s.Code(a.ID)
		s.Must(s.App.Access.SetFlags(ctx, app.Actor(), a.ID, false, true))
		refused(t, use(banned), "account_blocked")
		s.Clock.Advance(time.Hour)
		s.Must(s.with("").AskPasswordReset(ctx, name))
		if s.Code(a.ID) != "" {
			t.Error("a banned account got a link")
		}
		s.Must(s.App.Access.SetFlags(ctx, app.Actor(), a.ID, false, false))

		_, unverified := s.Person()
		s.Must(s.with("").AskPasswordReset(ctx, unverified))
		s.Must(s.with("").AskPasswordReset(ctx, "nobody-has-this-name"))
		made, err := s.callers["operator"].MakeResetLink(ctx, a.ID)
		s.Must(err)
		s.Must(use(made.Link))
	})
}

// Of twenty uses of one link at once exactly one sets the password.
func TestOfTwentyResetsOneWins(t *testing.T) {
	onBoth(t, func(t *testing.T, s *scene) {
		a, name := s.known()
		s.Must(s.with("").AskPasswordReset(t.Context(), name))
		token := tokenOf(s.Code(a.ID))
		errs := make([]error, 20)
		var done sync.WaitGroup
		for i := range errs {
			done.Go(func() {
				errs[i] = s.with("").ResetPassword(t.Context(), client.PasswordReset{Token: token, Password: fmt.Sprintf("%s %d", another, i)})
			})
		}
		done.Wait()
		won := 0
		for i, err := range errs {
			if err != nil {
				refused(t, err, "code_wrong")
				continue
			}
			won++
			if _, err := s.enter(name, fmt.Sprintf("%s %d", another, i)); err != nil {
				t.Errorf("the winner's password: %v", err)
			}
		}
		if won != 1 {
			t.Errorf("%d won", won)
		}
	})
}

// One code at two sign-ins at once lets one in.
func TestACodeAtTwoSignInsAtOnceCountsOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, s *scene) {
		_, name, c := s.newcomer()
		secret, _ := s.enrol(c)
		s.Clock.Advance(time.Minute)
		code := s.code(secret)
		errs := make([]error, 8)
		var done sync.WaitGroup
		for i := range errs {
			half, err := s.enter(name, apptest.Password)
			s.Must(err)
			done.Go(func() {
				_, errs[i] = s.with("").CompleteSignIn(t.Context(), client.NewSecondFactor{Token: half.SecondFactor.Token, Code: code})
			})
		}
		done.Wait()
		won := 0
		for _, err := range errs {
			if err == nil {
				won++
			} else {
				refused(t, err, "code_wrong")
			}
		}
		if won != 1 {
			t.Errorf("%d came in", won)
		}
	})
}

func TestRemindingOfAnOldPassword(t *testing.T) {
	s := newScene(t, "sqlite", func(c *config.Config, _ *app.World) { c.Password.AgeReminder = 30 * 24 * time.Hour })
	_, name := s.Person()
	in, err := s.enter(name, apptest.Password)
	s.Must(err)
	if in.PasswordOldSince != nil {
		t.Error("a new password is called old")
	}
	s.Clock.Advance(31 * 24 * time.Hour)
	in, err = s.enter(name, apptest.Password)
	s.Must(err)
	own, err := s.with(in.Token).OwnAccount(t.Context())
	s.Must(err)
	if in.PasswordOldSince == nil || own.PasswordOldSince == nil {
		t.Error("nobody reminds")
	}
}
