package apptest

import (
	"github.com/signoff-id/signoff/internal/closure"
)

// Drain does by hand what jobs would: every open part, then the step, until the
// closure has ended or nothing moves. It gives the closure as it then is.
func (w *World) Drain(id string) closure.View {
	w.T.Helper()
	ctx := w.T.Context()
	for range 50 {
		w.Must(w.App.Closures.Step(ctx, id))
		v, err := w.App.Closures.Get(ctx, id, "")
		w.Must(err)
		if v.State != closure.Erasing {
			return v
		}
		for _, p := range v.Parts {
			if !p.Done() {
				_, err := w.App.Closures.Part(ctx, id, p.Holder)
				w.Must(err)
			}
		}
		w.Clock.Advance(w.Config.Erasure.BackoffMax + w.Config.Erasure.TryTimeout)
	}
	v, err := w.App.Closures.Get(ctx, id, "")
	w.Must(err)
	return v
}
