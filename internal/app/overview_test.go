package app_test

import (
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/store"
)

// What the console's first pages count is the same on both databases.
func TestTheConsolesNumbers(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		a, name := w.Person()
		b, _ := w.Person()
		o := w.Organisation(org.Creator, a, b)
		w.SignIn(name)
		n, err := w.App.Orgs.Size(ctx, o.ID)
		w.Must(err)
		names, err := w.App.Accounts.Names(ctx, []string{a.ID, b.ID, "nobody"})
		w.Must(err)
		if n != 2 || len(names) != 2 || names[a.ID] != a.Name {
			t.Errorf("%d people, names %v", n, names)
		}
		online, err := w.App.Sessions.CountOnline(ctx, audit.Actor{Kind: audit.KindAdmin, ID: a.ID}, o.ID, "")
		w.Must(err)
		if online.People != 1 {
			t.Errorf("%+v are online, want one", online)
		}
		w.Must(w.App.DB.View(ctx, func(tx *store.Tx) error {
			all, err := tx.CountOnline(ctx, w.Clock.Now(), w.Clock.Now().Add(-time.Hour))
			if err == nil && all.People != 1 {
				t.Errorf("%+v are online on the platform, want one", all)
			}
			return err
		}))
		leaver, _ := w.Person()
		closing := w.Confirm(leaver, "dingtalk")
		pressing, err := w.App.Closures.Pressing(ctx, w.Clock.Now().Add(90*24*time.Hour), 10)
		w.Must(err)
		if len(pressing) != 1 || pressing[0].ID != closing.Closure.ID {
			t.Errorf("%d closures are pressing, want the one that erases", len(pressing))
		}
	})
}
