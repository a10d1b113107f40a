package app_test

import (
	"slices"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app/apptest"
)

// What presses most comes first, reviews and erasures together.
func TestWhatPressesMostComesFirst(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		install(w, atOnce, reviewed)
		var want []string
		begin := func(r rules) {
			a, _ := w.Person()
			want = append(want, w.Confirm(a, r.name).Closure.ID)
			w.Clock.Advance(time.Hour)
		}
		begin(atOnce) // an erasure has thirty days
		w.Clock.Advance(29 * day)
		begin(reviewed) // a review has two, working ones
		begin(reviewed)
		for limit := range 4 {
			all, err := w.App.Closures.Pressing(ctx, w.Clock.Now().Add(60*day), limit)
			w.Must(err)
			var got []string
			for _, c := range all {
				got = append(got, c.ID)
			}
			if !slices.Equal(got, want[:limit]) {
				t.Errorf("%d of them: %q, want %q", limit, got, want[:limit])
			}
		}
		if soon, err := w.App.Closures.Pressing(ctx, w.Clock.Now().Add(day), 10); err != nil || len(soon) != 1 {
			t.Errorf("within a day: %d, %v", len(soon), err)
		}
	})
}
