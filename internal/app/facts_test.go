package app_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/policy"
)

// asked is a policy with one condition for each fact that conditions can ask
// for: it holds while the fact is zero.
func asked(t *testing.T) (source []byte, facts []string) {
	t.Helper()
	shipped, err := policy.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	list := "conditions:\n"
	for _, f := range policy.FactDocs() {
		inside, field, nested := strings.Cut(f.Name, "[].")
		name := f.Name
		if nested {
			name = "x." + field
		}
		when := "size(" + name + ") == 0"
		switch f.Type {
		case "bool":
			when = "!" + name
		case "int":
			when = name + " == 0"
		}
		if nested {
			when = inside + ".all(x, " + when + ")"
		}
		list += fmt.Sprintf("  - code: fact_%d\n    when: %q\n    text: {zh-CN: 有, en: There}\n    met: {zh-CN: 无, en: Zero}\n    resolve: /\n", len(facts), when)
		facts = append(facts, f.Name)
	}
	text := string(shipped[0].Source)
	text = regexp.MustCompile(`(?s)\nconditions:.*?\nproof:`).ReplaceAllLiteralString(text, "\n"+list+"\nproof:")
	return []byte(regexp.MustCompile(`(?m)^name: .*$`).ReplaceAllLiteralString(text, "name: facts")), facts
}

// What is true of an account reaches the conditions that ask for it: a fact that
// nobody gathers is zero, and every condition that asks for it holds.
func TestNoFactIsForgotten(t *testing.T) {
	source, facts := asked(t)
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx, by := t.Context(), app.Actor()
		_, err := w.App.Closures.InstallPolicy(ctx, by, source)
		w.Must(err)
		burdened, _ := w.Person()
		keeper, _ := w.Person()
		o := w.Organisation(org.SuperAdmin, keeper)
		w.Must(w.App.Orgs.PutMember(ctx, by, org.Member{Organisation: o.ID, Account: burdened.ID, Role: org.Ordinary, Offices: []string{org.FinanceOfficer}}))
		for _, kind := range []string{org.Task, org.Approval} {
			_, err = w.App.Orgs.AddTodo(ctx, by, org.Todo{Account: burdened.ID, Organisation: o.ID, Kind: kind, Title: "work"})
			w.Must(err)
		}
		_, err = w.App.Orgs.Attest(ctx, by, org.Attestation{Account: burdened.ID, Organisation: o.ID, Kind: org.TaxDeregistration, Evidence: "No. 1"})
		w.Must(err)
		_, err = w.App.Accounts.Bind(ctx, by, burdened.ID, "taobao", "")
		w.Must(err)
		_, err = w.App.Accounts.AddArrear(ctx, by, identity.Arrear{Account: burdened.ID, Currency: "CNY", Amount: 1})
		w.Must(err)
		w.Must(w.App.Access.SetFlags(ctx, by, burdened.ID, true, true))

		seen := map[string]bool{}
		for _, account := range []string{burdened.ID, keeper.ID} { // who may sign in is not flagged
			_, results, err := w.App.Closures.Try(ctx, account, "facts")
			w.Must(err)
			for i, r := range results[:len(facts)] {
				seen[facts[i]] = seen[facts[i]] || !r.Met
			}
		}
		for _, fact := range facts {
			if !seen[fact] {
				t.Errorf("no condition sees %s: gather it in internal/closure/facts.go, and let somebody in this test have it", fact)
			}
		}
	})
}

// Every condition that ships leads to a page on which the person can see to it.
func TestEveryConditionLeadsToAPage(t *testing.T) {
	shipped, err := policy.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	site := apptest.New(t, "sqlite").App.Handler()
	status := func(path string) int {
		w := httptest.NewRecorder()
		site.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		return w.Code
	}
	if got := status("/settings/nowhere"); got != http.StatusNotFound {
		t.Fatalf("a page that there is not answers %d", got)
	}
	for _, p := range shipped {
		for _, c := range p.Conditions {
			if got := status(c.Resolve); !slices.Contains([]int{http.StatusOK, http.StatusSeeOther}, got) {
				t.Errorf("%s: the condition %s leads to %s, which answers %d: name a page that internal/web has, or make it", p.Name, c.Code, c.Resolve, got)
			}
		}
	}
}

// Who is flagged or at rest may not sign in; a password is not asked for, as a
// passkey lets people in, too, and so does another server.
func TestWhoMaySignIn(t *testing.T) {
	source, facts := asked(t)
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx, by := t.Context(), app.Actor()
		_, err := w.App.Closures.InstallPolicy(ctx, by, source)
		w.Must(err)
		flag := func(stolen, banned bool) func(string) error {
			return func(a string) error { return w.App.Access.SetFlags(ctx, by, a, stolen, banned) }
		}
		for what, c := range map[string]struct {
			do   func(account string) error
			want bool
		}{
			"nothing": {func(string) error { return nil }, true},
			"without a password": {func(a string) error {
				_, err := w.App.DB.Write.ExecContext(ctx, `DELETE FROM credentials WHERE account_id = $1`, a)
				return err
			}, true},
			"stolen":  {flag(true, false), false},
			"banned":  {flag(false, true), false},
			"at rest": {func(a string) error { return second(w.App.Access.Pause(ctx, by, a, time.Time{})) }, false},
		} {
			a, _ := w.Person()
			w.Must(c.do(a.ID))
			_, results, err := w.App.Closures.Try(ctx, a.ID, "facts")
			w.Must(err)
			// The condition holds while the fact is false.
			if can := !results[slices.Index(facts, "can_sign_in")].Met; can != c.want {
				t.Errorf("%s: may sign in: %v", what, can)
			}
		}
	})
}

// Tasks and approvals are counted apart.
func TestWhatIsOpenIsCountedByKind(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx, by := t.Context(), app.Actor()
		install(w, cooled)
		a, _ := w.Person()
		source := strings.Replace(cooled.file(), "open_todos == 0 && open_approvals == 0", "open_todos == 2 && open_approvals == 1", 1)
		_, err := w.App.Closures.InstallPolicy(ctx, by, []byte(strings.Replace(source, "name: cooled", "name: counted", 1)))
		w.Must(err)
		for i, kind := range []string{org.Task, org.Approval, org.Task, org.Approval} {
			_, results, err := w.App.Closures.Try(ctx, a.ID, "counted")
			w.Must(err)
			if at := slices.IndexFunc(results, func(r policy.Result) bool { return r.Code == "no_open_work" }); results[at].Met != (i == 3) {
				t.Errorf("with %d of four: two tasks and one approval: %v", i, results[at].Met)
			}
			_, err = w.App.Orgs.AddTodo(ctx, by, org.Todo{Account: a.ID, Kind: kind, Title: "work"})
			w.Must(err)
		}
	})
}
