package closure_test

import (
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/session"
)

// A policy names means of proof; each session says by what its person was proved
// last. What the policy does not name, what was proved when the session began, and
// what is too old do not suffice.
func TestWhatProofSuffices(t *testing.T) {
	began := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	now := began.Add(time.Hour)
	given := func(at time.Time, methods ...string) session.Session {
		return session.Session{CreatedAt: began, Proof: session.Proof{At: at, Methods: methods}}
	}
	lately := now.Add(-time.Minute)
	for _, c := range []struct {
		name   string
		policy []string
		on     session.Session
		want   bool
	}{
		{"a password", []string{"password"}, given(lately, session.MethodPassword), true},
		{"a passkey in hardware", []string{"passkey"}, given(lately, session.MethodHardware), true},
		{"a passkey in software", []string{"passkey"}, given(lately, session.MethodSoftware), true},
		{"a code from an app", []string{"one_time_code"}, given(lately, session.MethodCode), true},
		{"a code by mail", []string{"one_time_code"}, given(lately, session.MethodMail), true},
		{"one of two", []string{"passkey", "password"}, given(lately, session.MethodCode, session.MethodPassword), true},
		{"another one", []string{"passkey"}, given(lately, session.MethodPassword), false},
		{"a password for a code", []string{"one_time_code"}, given(lately, session.MethodPassword), false},
		{"none", []string{"password"}, given(lately), false},
		{"the sign-in's own", []string{"password"}, given(began, session.MethodPassword), false},
		{"just in time for the policy", []string{"password"}, given(now.Add(-10*time.Minute), session.MethodPassword), true},
		{"too old for the policy", []string{"password"}, given(now.Add(-10*time.Minute-time.Second), session.MethodPassword), false},
	} {
		p := &policy.Policy{Proof: policy.Proof{Methods: c.policy, MaxAge: 10 * time.Minute}}
		how := closure.Proof{Session: c.on, MaxAge: 30 * time.Minute}
		if got := how.Suffices(closure.View{Policy: p}, now); got != c.want {
			t.Errorf("%s: suffices %v", c.name, got)
		}
		how.MaxAge = 0
		if how.Suffices(closure.View{Policy: p}, now) {
			t.Errorf("%s: suffices though the caller takes none that is older than an instant", c.name)
		}
	}
}
