package app_test

import (
	"bytes"
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/holder"
)

// logbook collects what is logged, from everywhere at once.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logbook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// withLogbook logs everything there is into l.
func withLogbook(l *logbook) apptest.Option {
	return func(_ *config.Config, w *app.World) {
		w.Log = slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
}

// Whatever a data holder does, the closure ends, its certificate says the same,
// and nothing that the holder let slip is kept anywhere.
func TestAnUnrulyHolderChangesNothingInTheEnd(t *testing.T) {
	for _, engine := range apptest.Engines {
		t.Run(engine, func(t *testing.T) {
			book, bad, end := &logbook{}, newUnruly("unruly"), make(chan struct{})
			w := apptest.New(t, engine, withHolders(t, bad, newShelf("good")), withLogbook(book), new(wall).run)
			install(w, atOnce)
			loops, err := w.App.StartLoops(context.WithoutCancel(t.Context()), apptest.Pace())
			w.Must(err)
			closures := map[string]string{}
			for name, moods := range map[string][]mood{
				"behaves":                   nil,
				"answers errors":            {fails(), fails(), failsWithFault(), fails()},
				"hangs until its time ends": {hangs()},
				"hangs on":                  {hangsOn(end)},
				"commits, loses its answer": {losesItsAnswer(), losesItsAnswer()},
				"saves, then fails":         {savesAndFails(), wantsItsMark()},
				"panics":                    {panics(), panics()},
				"panics while verifying":    {panicsVerifying()},
				"fails while verifying":     {failsVerifying(), failsVerifying()},
				"leaves something once":     {leavesSomething()},
				"everything":                {fails(), panics(), losesItsAnswer(), leavesSomething(), hangs(), panicsVerifying()},
			} {
				a, _ := w.Person()
				bad.put(a.ID, 3)
				bad.be(a.ID, moods...)
				closures[name] = w.Confirm(a, atOnce.name).Closure.ID
			}
			for _, id := range closures {
				untilClosed(w, id)
			}
			close(end)
			w.Must(loops.Stop(context.WithoutCancel(t.Context())))
			want := content(t, w, closures["behaves"])
			if !strings.Contains(want, `"count": 3`) {
				t.Errorf("the certificate does not count: %s", want)
			}
			for name, id := range closures {
				if got := content(t, w, id); got != want {
					t.Errorf("the holder that %s: certificate %s, want %s", name, got, want)
				}
			}
			for _, tr := range trails(w, "") {
				tr.lawful(t)
			}
			nowhere(t, w, book.String(), strings.Fields(planted)...)
		})
	}
}

// A process that stops while a holder is at work says nothing of what the holder
// said about it, and the next process goes on.
func TestAStopWhileAHolderWorks(t *testing.T) {
	for _, engine := range apptest.Engines {
		t.Run(engine, func(t *testing.T) {
			book, bad, clock := &logbook{}, newUnruly("unruly"), new(wall)
			w := apptest.New(t, engine, withHolders(t, bad), withLogbook(book), clock.run, func(c *config.Config, _ *app.World) {
				c.Erasure.TryTimeout = time.Minute
			})
			install(w, atOnce)
			a, _ := w.Person()
			bad.put(a.ID, 3)
			bad.be(a.ID, hangs())
			loops, err := w.App.StartLoops(context.WithoutCancel(t.Context()), apptest.Pace())
			w.Must(err)
			c := w.Confirm(a, atOnce.name).Closure
			until(t, "the holder to be asked", func() bool { return bad.left(a.ID) == 0 })
			hurry, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			_ = loops.Stop(hurry) // it could not wait, and may say so
			w.Restart()
			clock.ahead(2 * time.Minute) // the lease runs out
			loops, err = w.App.StartLoops(context.WithoutCancel(t.Context()), apptest.Pace())
			w.Must(err)
			untilClosed(w, c.ID)
			w.Must(loops.Stop(context.WithoutCancel(t.Context())))
			trails(w, "")[a.ID].lawful(t)
			nowhere(t, w, book.String(), strings.Fields(planted)...)
		})
	}
}

// A worker that was away for longer than its lease finds that another one has
// gone on, and leaves the record alone.
func TestAWorkerWhoseLeaseRanOutChangesNothing(t *testing.T) {
	for _, engine := range apptest.Engines {
		t.Run(engine, func(t *testing.T) {
			bad := newUnruly("unruly")
			w := apptest.New(t, engine, withHolders(t, bad))
			install(w, atOnce)
			a, _ := w.Person()
			bad.put(a.ID, 3)
			first, second := newPause(), newPause()
			bad.be(a.ID, erasing(func(context.Context, holder.Task, func() (holder.Receipt, error)) (holder.Receipt, error) {
				first.here()
				return holder.Receipt{Items: []holder.Item{{Name: "stale", Action: holder.Delete}}}, nil
			}), mood{verify: func(_ context.Context, good func() (holder.Leftovers, error)) (holder.Leftovers, error) {
				second.here()
				return good()
			}})
			c := w.Confirm(a, atOnce.name).Closure
			work := func() chan error {
				done := make(chan error, 1)
				go func() { _, err := w.App.Closures.Part(t.Context(), c.ID, "unruly"); done <- err }()
				return done
			}
			slow := work()
			<-first.reached
			w.Clock.Advance(time.Minute)
			quick := work()
			<-second.reached
			close(first.goOn)
			w.Must(<-slow)
			close(second.goOn)
			w.Must(<-quick)
			v := workOnce(w, c.ID)
			if p := v.Parts[0]; v.State != closure.Closed || p.Receipt.Items[0].Count != 3 {
				t.Errorf("%s with receipt %+v", v.State, p.Receipt)
			}
			trails(w, "")[a.ID].lawful(t)
		})
	}
}

// pause holds somebody up at a place.
type pause struct{ reached, goOn chan struct{} }

func newPause() pause { return pause{make(chan struct{}), make(chan struct{})} }

func (p pause) here() {
	close(p.reached)
	<-p.goOn
}

// A holder that stays down: the closure is overdue, shows why, is never called
// done, and ends when the holder comes back.
func TestAHolderThatStaysDown(t *testing.T) {
	for _, engine := range apptest.Engines {
		t.Run(engine, func(t *testing.T) {
			book, bad := &logbook{}, newUnruly("unruly")
			w := apptest.New(t, engine, withHolders(t, bad, newShelf("good")), withLogbook(book))
			install(w, atOnce)
			a, _ := w.Person()
			bad.put(a.ID, 3)
			bad.be(a.ID, slices.Repeat([]mood{failsWithFault()}, 40)...)
			c := w.Confirm(a, atOnce.name)
			var v closure.View
			for days := range 40 {
				v = workOnce(w, c.Closure.ID)
				if due := days >= 30; v.Overdue(w.Clock.Now()) != due {
					t.Errorf("day %d: overdue is %v", days, !due)
				}
				if v.State != closure.Erasing {
					t.Fatalf("day %d: %s", days, v.State)
				}
				w.Clock.Advance(day)
			}
			down, good := v.Parts[0], v.Parts[1]
			if down.Done() || down.LastError != "holder_unreachable" || down.Attempts != 40 || !good.Done() || good.Attempts != 1 {
				t.Errorf("parts %+v", v.Parts)
			}
			if _, err := w.App.Closures.CertificateFile(t.Context(), c.Closure.ID, ""); err == nil {
				t.Error("a certificate before the end")
			}
			if v = w.Drain(c.Closure.ID); v.State != closure.Closed {
				t.Errorf("%s after the holder came back", v.State)
			}
			content(t, w, c.Closure.ID)
			trails(w, "")[a.ID].lawful(t)
			nowhere(t, w, book.String(), strings.Fields(planted)...)
		})
	}
}

// workOnce does once what jobs would do now, and gives the closure.
func workOnce(w *apptest.World, id string) closure.View {
	w.T.Helper()
	ctx := w.T.Context()
	v, err := w.App.Closures.Get(ctx, id, "")
	w.Must(err)
	for _, p := range v.Parts {
		_, err := w.App.Closures.Part(ctx, id, p.Holder)
		w.Must(err)
	}
	w.Must(w.App.Closures.Step(ctx, id))
	v, err = w.App.Closures.Get(ctx, id, "")
	w.Must(err)
	return v
}
