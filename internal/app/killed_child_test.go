package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/delivery"
)

// childEnv names the file that tells the child what to do; without it
// TestChild is nothing.
const childEnv = "CRASH_CHILD"

// orders are what a child process is told: which installation, what time it is,
// which closure to work on, and the point at which to die.
type orders struct {
	Dir      string
	DSN      string
	Now      time.Time
	Closure  string
	Point    string // empty: live, and write down the points
	Settings string // the data holders' folder
}

// child starts this test binary again as a process of its own and waits for it.
func (o orders) child(t *testing.T) error {
	t.Helper()
	path := filepath.Join(t.TempDir(), "orders.json")
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestChild$")
	c.Env = append(os.Environ(), childEnv+"="+path, "GORACE=atexit_sleep_ms=0")
	out, err := c.CombinedOutput()
	if err != nil && !killed(err) {
		t.Fatalf("the child failed by itself: %v\n%s", err, out)
	}
	return err
}

func killed(err error) bool {
	exit, ok := err.(*exec.ExitError) //nolint:errorlint // exec gives it bare
	return ok && exit.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL
}

// TestChild is the process that is killed. It opens the installation, runs its
// loops, and dies where it is told to.
func TestChild(t *testing.T) {
	path := os.Getenv(childEnv)
	if path == "" {
		return
	}
	var o orders
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &o); err != nil {
		t.Fatal(err)
	}
	c, w := o.installation()
	var ticks atomic.Int64
	w.Now = func() time.Time { return o.Now.Add(time.Duration(ticks.Add(1)) * time.Microsecond) }
	w.Probe = func(point string) {
		if point == o.Point {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {} // until the signal arrives
		}
		note(o.Dir, "points", point)
	}
	a, err := app.Open(t.Context(), c, w)
	if err != nil {
		t.Fatal(err)
	}
	loops, err := a.StartLoops(context.WithoutCancel(t.Context()), apptest.Pace())
	if err != nil {
		t.Fatal(err)
	}
	finish(t, a, o.Closure)
	if err := loops.Stop(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// sender stands for the mail server: it writes down what it is given.
func sender(dir string) func(context.Context, delivery.Notice) error {
	return func(_ context.Context, n delivery.Notice) error {
		note(dir, "sent", n.Kind+" "+n.ID)
		return nil
	}
}

// note adds a line to a file that outlives the process.
func note(dir, file, line string) {
	f, err := os.OpenFile(filepath.Join(dir, file), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	fmt.Fprintln(f, line)
}
