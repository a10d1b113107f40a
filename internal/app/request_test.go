package app_test

import (
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/org"
)

// A closure keeps the language of its account and who takes over.
func TestARequestKeepsWhatItWasGiven(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		install(w, atOnce)
		me, _ := w.Person()
		colleague, _ := w.Person()
		resting, _ := w.Person()
		stranger, _ := w.Person()
		w.Organisation(org.Ordinary, me, colleague, resting)
		w.Must(second(w.App.Access.Pause(ctx, app.Actor(), resting.ID, time.Time{})))
		for _, refused := range []string{me.ID, resting.ID, stranger.ID, "nobody"} {
			if _, _, err := w.App.Closures.Request(ctx, me.ID, atOnce.name, refused); !fault.Is(err, "validation_failed") {
				t.Errorf("a successor who cannot be one: %v", err)
			}
		}
		asked, _, err := w.App.Closures.Request(ctx, me.ID, atOnce.name, colleague.ID)
		w.Must(err)
		kept, err := w.App.Closures.Get(ctx, asked.ID, me.ID)
		w.Must(err)
		if kept.Successor != colleague.ID || kept.Locale != me.Locale || kept.Account != me.ID || kept.State != closure.Requested || kept.RequestedAt.IsZero() {
			t.Errorf("kept %+v", kept.Closure)
		}
	})
}
