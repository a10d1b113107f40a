package app_test

import (
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/store/storetest"
)

// Whatever number of processes begins a new installation: all seal with the keys
// that are in the file.
func TestManyProcessesBeginWithTheSameKeys(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		c := w.Config
		c.DataDir = t.TempDir()
		if strings.HasPrefix(w.Config.DSN(), "postgres") {
			c.Database.DSN = config.Secret(storetest.NewDSN(t))
		} else {
			c.Database.DSN = config.Secret("sqlite:" + filepath.Join(c.DataDir, "signoff.db"))
			storetest.NewFile(t, filepath.Join(c.DataDir, "signoff.db"))
		}
		kids := make([]string, 6)
		var wg sync.WaitGroup
		for i := range kids {
			wg.Go(func() {
				a, err := app.Open(t.Context(), c, w.World)
				if err != nil {
					t.Error(err)
					return
				}
				kids[i] = a.Ring.Active()
				if err := a.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for _, kid := range kids {
			if kid != kids[0] {
				t.Fatalf("several rings: %v", kids)
			}
		}
	})
}
