package app_test

import (
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/certificate"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/session"
)

func TestDingTalksRulesCloseAtOnce(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		a, name := w.Person()
		token := w.SignIn(name).Token
		c := w.Confirm(a, "dingtalk")
		if c.Closure.State != closure.Erasing || w.Alive(token) {
			t.Fatalf("state %s, session alive %v: want erasing and ended", c.Closure.State, w.Alive(token))
		}
		v := w.Drain(c.Closure.ID)
		if v.State != closure.Closed {
			t.Fatalf("state %s, want closed", v.State)
		}
		file, err := w.App.Closures.CertificateByLink(t.Context(), c.StatusToken)
		w.Must(err)
		doc, _, err := certificate.Verify(file, w.App.Ring.JWKS())
		w.Must(err)
		if doc.Closure != c.Closure.ID || doc.Policy.Name != "dingtalk" || doc.Identifiers.Count != 2 {
			t.Errorf("certificate of %s under %s with %d identifiers", doc.Closure, doc.Policy.Name, doc.Identifiers.Count)
		}
		_, err = w.App.Access.SignIn(t.Context(), access.Attempt{Name: name, Password: apptest.Password, Device: session.Device{Kind: session.Desktop}, App: "test"})
		if !fault.Is(err, "credentials_wrong") {
			t.Errorf("sign-in after closing: %v", err)
		}
	})
}

func TestWeComsRulesTakeAReviewAndFifteenDays(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		a, _ := w.Person()
		reviewer, _ := w.Person()
		c := w.Confirm(a, "wecom")
		if c.Closure.State != closure.InReview {
			t.Fatalf("state %s, want in_review", c.Closure.State)
		}
		w.Clock.Advance(24 * time.Hour)
		approved, err := w.App.Closures.Approve(t.Context(), actor("reviewer", reviewer.ID), c.Closure.ID)
		w.Must(err)
		if approved.State != closure.CoolingOff {
			t.Fatalf("state %s, want cooling_off", approved.State)
		}
		if v := w.Drain(c.Closure.ID); v.State != closure.CoolingOff {
			t.Fatalf("state %s a day later, want cooling_off", v.State)
		}
		w.Clock.Advance(14*24*time.Hour - time.Minute)
		if v := w.Drain(c.Closure.ID); v.State != closure.CoolingOff {
			t.Fatalf("state %s a minute early, want cooling_off", v.State)
		}
		w.Clock.Advance(time.Minute)
		if v := w.Drain(c.Closure.ID); v.State != closure.Closed {
			t.Fatalf("state %s after fifteen days, want closed", v.State)
		}
	})
}
