package app_test

import (
	"slices"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/identity"
)

// People are offered the default policy first and then what the settings name,
// each once, in its newest version, and nothing that is not installed.
func TestWhatIsOffered(t *testing.T) {
	for setting, want := range map[string][]string{
		"":                           {"dingtalk"},
		"wecom":                      {"dingtalk", "wecom"},
		"wecom, dingtalk, not-there": {"dingtalk", "wecom"},
		"cooled":                     {"dingtalk", "cooled"},
		"*":                          {"dingtalk", "cooled", "wecom"},
	} {
		w := apptest.New(t, "sqlite", func(c *config.Config, _ *app.World) { c.DefaultPolicy, c.OfferedPolicies = "dingtalk", setting })
		install(w, cooled)
		all, err := w.App.Closures.Offered(t.Context())
		w.Must(err)
		var got []string
		for _, p := range all {
			got = append(got, p.Name)
		}
		slices.Sort(got[min(1, len(got)):])
		if !slices.Equal(got, want) {
			t.Errorf("%q offers %q, want %q", setting, got, want)
		}
		p, _, err := w.App.Closures.Try(t.Context(), func() string { a, _ := w.Person(); return a.ID }(), "")
		w.Must(err)
		if p.Name != "dingtalk" {
			t.Errorf("%q: tried without a name: %s", setting, p.Name)
		}
	}
}

// What stands in the way of a closure that is under way is asked for by its own
// version of the policy.
func TestWhatStandsInTheWayNow(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		install(w, reviewed)
		a, _ := w.Person()
		id := w.Confirm(a, reviewed.name).Closure.ID
		for _, owing := range []bool{false, true} {
			if owing {
				_, err := w.App.Accounts.AddArrear(t.Context(), app.Actor(), identity.Arrear{Account: a.ID, Currency: "CNY", Amount: 1})
				w.Must(err)
			}
			results, err := w.App.Closures.Blockers(t.Context(), id)
			w.Must(err)
			if len(results) != len(conditions) {
				t.Errorf("%d conditions, want %d", len(results), len(conditions))
			}
			for _, r := range results {
				if want := !owing || r.Code != "no_arrears"; r.Met != want {
					t.Errorf("owing %v: %s is met: %v", owing, r.Code, r.Met)
				}
			}
		}
		if _, err := w.App.Closures.Blockers(t.Context(), "no such closure"); err == nil {
			t.Error("of no closure")
		}
	})
}
