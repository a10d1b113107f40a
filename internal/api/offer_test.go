package api_test

import (
	"testing"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/config"
)

// What may not be asked for is not shown either; trying a policy is said to be
// that.
func TestConditionsAreThoseOfOfferedPolicies(t *testing.T) {
	w := apptest.New(t, "sqlite", func(c *config.Config, _ *app.World) { c.OfferedPolicies = "" })
	ctx, c := t.Context(), site(t, w)
	_, name := w.Person()
	in, err := c.SignIn(ctx, client.NewSession{Name: name, Password: apptest.Password, Device: client.Device{Kind: client.Phone}, App: "crm"})
	w.Must(err)
	me := c.WithToken(in.Token)
	for _, policy := range []string{"dingtalk", "no-such-policy"} {
		_, err = me.ClosureConditions(ctx, policy)
		code(t, err, "policy_not_found")
		_, err = me.RequestClosure(ctx, client.NewClosure{Policy: policy})
		code(t, err, "policy_not_found")
	}
	for _, policy := range []string{"", "wecom"} {
		got, err := me.ClosureConditions(ctx, policy)
		code(t, err, "")
		if got.Policy.Name != "wecom" {
			t.Errorf("%q gives the conditions of %s", policy, got.Policy.Name)
		}
	}
	tried, err := me.ExplainPolicy(ctx, "dingtalk", "")
	code(t, err, "")
	if tried.Policy.Name != "dingtalk" || len(tried.Conditions) == 0 {
		t.Errorf("tried: %+v", tried)
	}
}
