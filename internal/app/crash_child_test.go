package app_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
	"syscall"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/delivery"
	"github.com/signoff-id/signoff/internal/identity"
)

// crashEnv holds, in a process that is to be killed, its crashPlan as JSON.
const crashEnv = "SIGNOFF_TEST_CRASH"

// crashPlan is what such a process does: it works until the closures are done,
// or until it has come to a point so many times, where it kills itself.
type crashPlan struct {
	Dir      string // the installation's
	Database string
	CRM      string // the data holder's database
	Ahead    time.Duration
	Closures []string
	Point    string // "" for none
	Time     int    // at which occurrence
	Record   string // file that takes the names of all points
}

// crashConfig is the same in every process of one installation.
func crashConfig(dir, database, crm string) config.Config {
	c := config.Default()
	c.DataDir, c.PublicURL, c.Issuer, c.Listen, c.OfferedPolicies = dir, "http://127.0.0.1", "signoff.test", "127.0.0.1:0", "*"
	c.Database.DSN = config.Secret(database)
	c.Erasure = config.Erasure{Workers: 8, TryTimeout: 5 * time.Second, BackoffMin: 5 * time.Millisecond, BackoffMax: 50 * time.Millisecond}
	c.Holders = []config.Holder{
		{Name: "crm", Kind: "sqldb", Mapping: dir + "/crm.yaml", DSN: config.Secret(crm)},
		{Name: "documents", Kind: "blob", Bucket: "file://" + dir + "/documents", Prefix: "people/{account}/"},
	}
	return c
}

// crashWorld is the world of such processes: the real time put ahead, and a
// mail server that is a file.
func crashWorld(dir string, clock *wall) app.World {
	return app.World{Now: clock.Now, Rand: rand.Reader, Cost: identity.Cost{Memory: 64, Passes: 1},
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Send: mailbox(dir + "/mail").send}
}

// mailbox is a file with a line for every message that was sent.
type mailbox string

func (m mailbox) send(_ context.Context, n delivery.Notice) error {
	return appendLine(string(m), fmt.Sprintln(n.Address, n.Kind, n.ID))
}

func appendLine(path, line string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(line)
	return err
}

// crashChild is the life of a process that is to be killed.
func crashChild(text string) (exit int) {
	var p crashPlan
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		fmt.Println(err)
		return 2
	}
	if err := p.live(); err != nil {
		fmt.Println(err)
		return 2
	}
	return 0
}

func (p crashPlan) live() error {
	ctx := context.Background()
	var clock wall
	clock.ahead(p.Ahead)
	w := crashWorld(p.Dir, &clock)
	w.Probe = p.probe()
	a, err := app.Open(ctx, crashConfig(p.Dir, p.Database, p.CRM), w)
	if err != nil {
		return err
	}
	loops, err := a.StartLoops(ctx, apptest.Pace())
	if err != nil {
		return err
	}
	for range time.Tick(10 * time.Millisecond) {
		if done, err := allEnded(ctx, a, p.Closures); err != nil || done {
			if err == nil {
				err = loops.Stop(ctx)
			}
			return err
		}
	}
	return nil
}

// probe counts the points and ends this process, as no handler could prevent,
// at the one that the plan names.
func (p crashPlan) probe() func(string) {
	var mu sync.Mutex
	times := 0
	return func(point string) {
		mu.Lock()
		defer mu.Unlock()
		if p.Record != "" {
			if err := appendLine(p.Record, point+"\n"); err != nil {
				panic(err)
			}
		}
		if point != p.Point {
			return
		}
		if times++; times == p.Time {
			_ = syscall.Kill(syscall.Getpid(), syscall.SIGKILL)
			select {} // the signal is on its way
		}
	}
}

// allEnded says whether the closures are closed and the last notices are gone.
func allEnded(ctx context.Context, a *app.App, closures []string) (bool, error) {
	for _, id := range closures {
		v, err := a.Closures.Get(ctx, id, "")
		if err != nil || v.State != closure.Closed {
			return false, err
		}
	}
	var waiting int
	err := a.DB.Read.QueryRowContext(ctx, `SELECT count(*) FROM notices WHERE ended_at IS NULL`).Scan(&waiting)
	return waiting == 0, err
}
