package app_test

import (
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/fault"
)

// Whoever could name any installed policy could choose one without review.
func TestPeopleChooseOnlyWhatIsOffered(t *testing.T) {
	w := apptest.New(t, "sqlite", func(c *config.Config, _ *app.World) { c.OfferedPolicies = "" })
	a, _ := w.Person()
	if _, _, err := w.App.Closures.Request(t.Context(), a.ID, "dingtalk", ""); !fault.Is(err, "policy_not_found") {
		t.Errorf("dingtalk, which is not offered: %v", err)
	}
	c, _, err := w.App.Closures.Request(t.Context(), a.ID, "", "")
	w.Must(err)
	v, err := w.App.Closures.Get(t.Context(), c.ID, a.ID)
	w.Must(err)
	if v.Policy.Name != "wecom" {
		t.Errorf("the default is wecom, not %s", v.Policy.Name)
	}
}

// A command that is given another address must not sign under another name.
func TestTheIssuerStaysWhatItWasAtTheFirstStart(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		w.Config.Issuer, w.Config.PublicURL = "", "http://127.0.0.1:9"
		w.Restart()
		if got := w.App.Config.Issuer; got != "signoff.test" {
			t.Errorf("the issuer became %s", got)
		}
		c := w.Config
		c.Issuer = "somebody.else"
		if _, err := app.Open(t.Context(), c, w.World); !fault.Is(err, "issuer_changed") {
			t.Errorf("another issuer: %v", err)
		}
	})
}
