package app_test

import (
	"fmt"
	"strings"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
)

// rules is a closure policy of a test's own.
type rules struct {
	name    string
	review  bool
	cooling string // what the cooling-off counts from; "" for none
	days    int
	signIn  string // what a sign-in does meanwhile
	reuse   string // as in the file: "after: 90d", "never: true"
	forAll  bool   // whether creators and super admins may close their accounts
}

// The policies that the tests close accounts under: every way through the
// states, every answer to a sign-in, every delay of names.
var (
	atOnce   = rules{name: "at-once", reuse: "never: true"}
	cooled   = rules{name: "cooled", cooling: "requested", days: 15, signIn: "withdraws", reuse: "after: 90d"}
	locked   = rules{name: "locked", cooling: "requested", days: 3, signIn: "refused", reuse: "after: 0d"}
	reviewed = rules{name: "reviewed", review: true, reuse: "after: 30d"}
	careful  = rules{name: "careful", review: true, cooling: "approved", days: 10, signIn: "withdraws", reuse: "never: true"}
	asWeCom  = rules{name: "as-wecom", review: true, cooling: "requested", days: 15, signIn: "withdraws", reuse: "after: 1d"}
	sealed   = rules{name: "sealed", review: true, cooling: "approved", days: 7, signIn: "refused", reuse: "after: 7d"}
	// What no policy can leave out shows only where the policy asks for nothing.
	atOnceForAll = rules{name: "at-once-for-all", reuse: "never: true", forAll: true}
)

func allRules() []rules { return []rules{atOnce, cooled, locked, reviewed, careful, asWeCom, sealed} }

// rulesNamed gives the policy with a name.
func rulesNamed(name string) rules {
	for _, r := range allRules() {
		if r.name == name {
			return r
		}
	}
	panic("no such rules: " + name)
}

// install makes the policies usable in a world.
func install(w *apptest.World, all ...rules) {
	w.T.Helper()
	for _, r := range all {
		_, err := w.App.Closures.InstallPolicy(w.T.Context(), app.Actor(), []byte(r.file()))
		w.Must(err)
	}
}

// conditions of every policy here: what must not be there.
var conditions = []struct{ code, when string }{
	{"no_leading_role", `organisations.all(o, o.role != "creator" && o.role != "super_admin")`},
	{"no_open_work", "open_todos == 0 && open_approvals == 0"},
	{"no_bound_services", "size(bindings) == 0"},
	{"account_safe", "!stolen && !banned"},
	{"no_arrears", "size(arrears) == 0"},
}

func (r rules) file() string {
	var b strings.Builder
	text := "{zh-CN: 文, en: text}"
	fmt.Fprintf(&b, "name: %s\nversion: 1\ntitle: %s\nsummary: %s\nconditions:\n", r.name, text, text)
	for _, c := range conditions {
		if r.forAll && c.code == "no_leading_role" {
			continue
		}
		fmt.Fprintf(&b, "  - code: %s\n    when: '%s'\n    text: %s\n    met: %s\n    resolve: /settings\n", c.code, c.when, text, text)
	}
	b.WriteString("proof:\n  methods: [password]\n  max_age: 10m\n")
	if r.review {
		b.WriteString("review:\n  min_working_days: 1\n  max_working_days: 2\n  country: cn\n")
	}
	if r.cooling != "" {
		fmt.Fprintf(&b, "cooling_off:\n  days: %d\n  from: %s\n  sign_in: %s\n", r.days, r.cooling, r.signIn)
	}
	fmt.Fprintf(&b, "reuse:\n  %s\ndeadline:\n  calendar_days: 30\ntexts:\n", r.reuse)
	for _, name := range []string{"warning", "confirm", "requested", "approved", "rejected", "withdrawn", "withdrawn_by_sign_in", "refused", "closed"} {
		if !r.review && (name == "approved" || name == "rejected") || r.signIn == "refused" && name == "withdrawn_by_sign_in" {
			continue
		}
		fmt.Fprintf(&b, "  %s: %s\n", name, text)
	}
	return b.String()
}
