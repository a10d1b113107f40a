// Package apptest boots the whole of Signoff for tests: the real rooms on a
// real database, with a clock that stands still until it is moved.
package apptest

import (
	"crypto/rand"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/store/storetest"
)

// Engines are the databases that everything is tested on.
var Engines = []string{"sqlite", "postgres"}

// Run runs test once on every engine.
func Run(t *testing.T, test func(t *testing.T, w *World)) {
	t.Helper()
	for _, e := range Engines {
		t.Run(e, func(t *testing.T) { test(t, New(t, e)) })
	}
}

// Clock stands still until it is moved; every look at it is a microsecond
// later, as instants in a database should differ.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// Start is when the clocks of tests begin: a Monday morning in China, with
// known working days around it.
var Start = time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)

// Now gives the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(time.Microsecond)
	return c.at
}

// Advance moves the clock.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// World is a running installation in a test.
type World struct {
	T      testing.TB
	App    *app.App
	Clock  *Clock
	Config config.Config
	World  app.World
}

// Option changes the set-up before it is opened.
type Option func(*config.Config, *app.World)

// WithHolders puts data holders in the place of the configured ones.
func WithHolders(s *holder.Set) Option {
	return func(_ *config.Config, w *app.World) { w.Holders = s }
}

// New opens an installation on an engine; nothing runs by itself in it.
func New(t testing.TB, engine string, options ...Option) *World {
	t.Helper()
	clock := &Clock{at: Start}
	c := config.Default()
	c.DataDir = t.TempDir()
	c.PublicURL, c.Issuer = "http://127.0.0.1", "signoff.test"
	c.Listen = "127.0.0.1:0"
	c.Database.DSN = config.Secret("sqlite:" + filepath.Join(c.DataDir, "signoff.db"))
	if engine == "postgres" {
		c.Database.DSN = config.Secret(storetest.NewDSN(t))
	} else {
		storetest.NewFile(t, filepath.Join(c.DataDir, "signoff.db"))
	}
	c.OfferedPolicies = "*"
	c.Session.IdleTTL = c.Session.AbsoluteTTL // stories take fifteen days, and nobody acts in between
	c.Erasure = config.Erasure{Workers: 8, TryTimeout: 5 * time.Second, BackoffMin: 20 * time.Millisecond, BackoffMax: 200 * time.Millisecond}
	log := &complaints{t: t}
	w := app.World{Now: clock.Now, Rand: rand.Reader, Cost: identity.Cost{Memory: 64, Passes: 1},
		Log: slog.New(log)}
	for _, o := range options {
		o(&c, &w)
	}
	world := &World{T: t, Clock: clock, Config: c, World: w}
	world.Open()
	t.Cleanup(func() {
		world.checkAudit()
		if err := world.App.Close(); err != nil {
			t.Error(err)
		}
		log.over.Store(true)
	})
	return world
}

// Open opens the installation, again after a Close: a restart.
func (w *World) Open() {
	w.T.Helper()
	a, err := app.Open(w.T.Context(), w.Config, w.World)
	if err != nil {
		w.T.Fatal(err)
	}
	w.App = a
}

// Restart closes and opens the installation.
func (w *World) Restart() {
	w.T.Helper()
	if err := w.App.Close(); err != nil {
		w.T.Fatal(err)
	}
	w.Open()
}
