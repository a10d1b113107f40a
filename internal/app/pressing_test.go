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
		for _, r := range []rules{reviewed, atOnce, reviewed} { // thirty days for an erasure, two for a review
			a, _ := w.Person()
			want = append(want, w.Confirm(a, r.name).Closure.ID)
			w.Clock.Advance(time.Hour)
		}
		want[1], want[2] = want[2], want[1]
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
		if soon, err := w.App.Closures.Pressing(ctx, w.Clock.Now().Add(5*day), 10); err != nil || len(soon) != 2 {
			t.Errorf("within five days: %d, %v", len(soon), err)
		}
	})
}
