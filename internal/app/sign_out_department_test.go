package app_test

import (
	"testing"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/session"
)

// A department's sign-out reaches the department and all below it, and nobody
// beside it or above.
func TestADepartmentsSignOutStaysInItsTree(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		o := newOffice(w)
		sales := o.department("")
		north, support := o.department(sales), o.department("")
		tokens := map[string]string{}
		for name, in := range map[string]string{"in sales": sales, "below sales": north, "in support": support, "in none": ""} {
			_, who := o.worker(in)
			tokens[name] = o.on(who, session.Desktop).Token
		}
		order := session.Order{Scope: session.ADepartment, Organisation: o.o.ID, Target: north, Reason: "a drill"}
		for _, c := range []struct {
			target string
			ended  int
			alive  map[string]bool
		}{
			{north, 1, map[string]bool{"in sales": true, "in support": true, "in none": true}},
			{sales, 1, map[string]bool{"in support": true, "in none": true}},
		} {
			order.Target = c.target
			would, err := w.App.Sessions.Preview(t.Context(), o.admin, order)
			w.Must(err)
			done, err := w.App.Sessions.Force(t.Context(), o.admin, order)
			w.Must(err)
			if done.Ended != c.ended || would.Sessions != c.ended {
				t.Errorf("it ended %d and said %d before, want %d", done.Ended, would.Sessions, c.ended)
			}
			for name, token := range tokens {
				if w.Alive(token) != c.alive[name] {
					t.Errorf("who is %s is signed in: %v", name, !c.alive[name])
				}
			}
			if !w.Alive(o.boss.Token) {
				t.Error("the admin was signed out, too")
			}
		}
	})
}
