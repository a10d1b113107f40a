package app_test

import (
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
)

// What is installed twice is there once, and the log tells of it once.
func TestInstallingAgainChangesNothing(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		year := []byte("country: cn\nyear: 2031\nsource: a try\nholidays: [2031-01-01]\n")
		for range 2 {
			_, err := w.App.Closures.InstallPolicy(ctx, app.Actor(), []byte(cooled.file()))
			w.Must(err)
			_, err = w.App.Closures.UploadYear(ctx, app.Actor(), year)
			w.Must(err)
		}
		for _, action := range []string{"policy.installed", "calendar.uploaded"} {
			if n := w.Entries(action, ""); n != 1 {
				t.Errorf("%s: %d entries", action, n)
			}
		}
	})
}
