package app_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/signal"
	"github.com/signoff-id/signoff/internal/store"
)

// A program that hears of a sign-in learns who, in which app, and by which session;
// the audit log says by what means, too.
func TestAnEventTellsWhoSignedIn(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		a, name := w.Person()
		in := w.SignIn(name)
		var started []signal.Event
		w.Must(w.App.DB.View(t.Context(), func(tx *store.Tx) error {
			all, err := tx.EventsSince(t.Context(), in.Session.CreatedAt, 10)
			started = slices.DeleteFunc(all, func(e signal.Event) bool { return e.Kind != signal.SessionStarted })
			return err
		}))
		want := signal.Event{Kind: signal.SessionStarted, At: in.Session.CreatedAt, Scope: "session", Account: a.ID, Object: in.Session.ID, App: "test", Initiator: "user"}
		if len(started) == 1 {
			want.ID = started[0].ID
		}
		if len(started) != 1 || started[0] != want || want.ID == "" {
			t.Errorf("published %+v, want %+v", started, want)
		}
		if !strings.Contains(w.Dump()["audit_entries"], `"methods":"`+session.MethodPassword+`"`) {
			t.Error("the audit log does not say by what means")
		}
	})
}
