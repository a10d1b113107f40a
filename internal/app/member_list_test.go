package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/store"
)

// Whatever is asked for, pages of any length give exactly those whom the filter
// lets through, each of them once.
func TestMembersAreListedByWhatIsAskedFor(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		o := w.Organisation(org.Creator)
		department := func(parent, name string) org.Department {
			d, err := w.App.Orgs.CreateDepartment(ctx, app.Actor(), o.ID, parent, name)
			w.Must(err)
			return d
		}
		sales := department("", "Sales")
		places := []org.Department{{}, sales, department(sales.ID, "North"), department("", "Works")}
		resting := map[string]bool{}
		paths := map[string]string{}
		var all []org.Member
		for i := range 24 {
			a, _ := w.Person()
			d := places[i%len(places)]
			m := org.Member{Organisation: o.ID, Account: a.ID, Department: d.ID, Role: []string{org.Ordinary, org.Ordinary, org.Admin}[i%3]}
			w.Must(w.App.Orgs.PutMember(ctx, app.Actor(), m))
			paths[a.ID] = d.Path
			if resting[a.ID] = i%5 == 0; resting[a.ID] {
				w.Must(w.App.DB.Update(ctx, func(tx *store.Tx) error { return tx.SetAccountState(ctx, a.ID, identity.Paused, w.Clock.Now()) }))
			}
			all = append(all, m)
		}
		slices.SortFunc(all, func(a, b org.Member) int { return strings.Compare(a.Account, b.Account) })
		for _, f := range filters(sales.ID) {
			var want []string
			for _, m := range all {
				if (f.Department == "" || strings.HasPrefix(paths[m.Account], sales.Path)) && (f.Role == "" || f.Role == m.Role) &&
					(f.State == "" || resting[m.Account] == (f.State == org.AtRest)) {
					want = append(want, m.Account)
				}
			}
			for _, size := range []int{1, 3, 50} {
				if got := members(w, o.ID, f, size); !slices.Equal(got, want) {
					t.Errorf("%+v, %d a page:\n got %v\nwant %v", f, size, got, want)
				}
			}
		}
		other := w.Organisation(org.Creator)
		if _, err := w.App.Orgs.MembersWhere(ctx, other.ID, org.Filter{Department: sales.ID}, "", 5); !fault.Is(err, "department_not_found") {
			t.Errorf("a department of another organisation: %v", err)
		}
	})
}

func filters(department string) (all []org.Filter) {
	for _, d := range []string{"", department} {
		for _, role := range []string{"", org.Ordinary, org.Admin, org.Creator} {
			for _, state := range []string{"", org.InUse, org.AtRest} {
				all = append(all, org.Filter{Department: d, Role: role, State: state})
			}
		}
	}
	return all
}

func members(w *apptest.World, organisation string, f org.Filter, size int) (ids []string) {
	w.T.Helper()
	for after := ""; ; after = ids[len(ids)-1] {
		page, err := w.App.Orgs.MembersWhere(w.T.Context(), organisation, f, after, size)
		w.Must(err)
		for _, m := range page {
			ids = append(ids, m.Account)
		}
		if len(page) < size {
			return ids
		}
	}
}

// A member is found by the exact name to sign in with, and by a word of what the
// person is called; who is in no organisation is as if there were nobody.
func TestMembersAreFoundByTheirNames(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		var people []identity.Account
		for i := range 7 {
			in := identity.NewAccount{Name: fmt.Sprintf("Wang Fang %d", i), Identifiers: []identity.Identifier{{Kind: identity.Email, Value: fmt.Sprintf("w%d@example.com", i)}}}
			a, err := w.App.Accounts.Create(ctx, app.Actor(), in)
			w.Must(err)
			people = append(people, a)
		}
		o := w.Organisation(org.Admin, people[:6]...)
		if m, err := w.App.Orgs.Holder(ctx, o.ID, "W3@Example.com"); err != nil || m.Account != people[3].ID {
			t.Errorf("found %v, %v", m, err)
		}
		for _, name := range []string{"w6@example.com", "nobody@example.com", "not a name at all"} {
			if _, err := w.App.Orgs.Holder(ctx, o.ID, name); !fault.Is(err, "member_not_found") {
				t.Errorf("%s: %v", name, err)
			}
		}
		found, next, err := w.App.Orgs.Search(ctx, o.ID, "wang F", "", 4)
		w.Must(err)
		if len(found) != 4 || next != found[3].Account || found[0].Name != people[0].Name {
			t.Errorf("the first page: %v, next %q", found, next)
		}
		found, next, err = w.App.Orgs.Search(ctx, o.ID, "fang", next, 4)
		w.Must(err)
		if len(found) != 2 || next != "" {
			t.Errorf("the second page: %v, next %q", found, next)
		}
	})
}
