package walks

import (
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/web/webtest"
)

// Somebody with an authenticator app signs in and proves by its codes, and by
// recovery codes, and is told which one was wrong.
func TestCodesCompleteASignInAndAProof(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			a, who := s.Person()
			on := s.SignIn(who).Session
			made, err := s.App.Access.BeginTOTP(t.Context(), a.ID, "")
			s.Must(err)
			recovery, err := s.App.Access.ConfirmTOTP(t.Context(), on, made.ID, s.appCode(made.Secret))
			s.Must(err)
			w := s.window(t, look)
			enter, more, byCode := word(w, "登录", "Sign in"), word(w, "改用恢复码", "Use a recovery code instead"), word(w, "用恢复码登录", "Sign in with a recovery code")

			half(w, who).SeesNot(word(w, "通行密钥", "passkey")).Check("second-factor")
			w.Type("code", s.appCode(made.Secret)).Press(enter) // it has counted before
			refusedAs(w, "code_wrong")
			w.Check("second-factor-wrong")
			w.Touch(more).Type("recovery_code", "aaaa-bbbb-cccc-dddd").Press(byCode)
			refusedAs(w, "code_wrong")
			w.Check("recovery-wrong")
			s.Clock.Advance(time.Minute)
			w.Type("code", s.appCode(made.Secret)).Press(enter).At("/")
			out(w)
			half(w, who).Touch(more).Type("recovery_code", recovery[0]).Press(byCode).At("/")

			byApp, byRecovery := word(w, "继续 (验证码)", "Continue (Code)"), word(w, "继续 (恢复码)", "Continue (Recovery code)")
			w.Go("/prove?next=%2Fsign-out").Check("prove")
			w.Type("code", "000000").Press(byApp)
			refusedAs(w, "code_wrong")
			w.Check("prove-wrong")
			s.Clock.Advance(time.Minute)
			w.Type("code", s.appCode(made.Secret)).Press(byApp).At("/sign-out")
			w.Go("/prove?next=%2Fsign-out").Touch(more)
			w.Type("recovery_code", recovery[0]).Press(byRecovery) // it has counted before
			refusedAs(w, "code_wrong")
			w.Type("recovery_code", recovery[1]).Press(byRecovery).At("/sign-out")

			// Five wrong answers, and the sign-in begins anew.
			out(w)
			half(w, who)
			for range 4 {
				w.Type("code", "000000").Press(enter)
				refusedAs(w, "code_wrong")
			}
			w.Type("code", "000000").Press(enter).At("/sign-in").Sees(word(w, "请重新登录", "Please sign in again")).Check("over")
			w.Go("/sign-in/second-factor").At("/sign-in")
		})
	}
}

// A pause is ended by whoever says so, with a passkey as with a password.
func TestAPasskeyEndsAPauseWhenAsked(t *testing.T) {
	t.Parallel()
	s := open(t)
	a, who := s.Person()
	w := s.window(t, webtest.Look{Lang: "en"})
	key := w.Authenticator()
	signIn(w, who)
	addPasskey(w)
	key.Touched(false)
	out(w)
	_, err := s.App.Access.Pause(t.Context(), audit.Actor{Kind: audit.KindMember, ID: a.ID}, a.ID, time.Time{})
	s.Must(err)
	w.Go("/sign-in").Touch("Sign in with a passkey")
	key.Touched(true)
	w.At("/sign-in/passkey").Sees("End the pause and sign in")
	key.Touched(false)
	w.Go("/sign-in").Type("name", who).Type("password", apptest.Password).Press("Sign in")
	refusedAs(w, "account_paused")
	w.Check("paused").Touch("End the pause and sign in").Touch("Sign in with a passkey")
	key.Touched(true)
	w.At("/").Sees("Your account is resumed")
}
