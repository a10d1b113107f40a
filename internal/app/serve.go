package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/queue"
)

// Loops are what a serving process does by itself: run jobs, wake what is due,
// place audit entries, follow the demo's clock.
type Loops struct {
	app       *App
	waker     *closure.Waker
	sequencer *audit.Sequencer
	tidy      tidier
	flush     flusher
}

// Pace says how often the loops look.
type Pace struct {
	Wake     time.Duration // closures that are due
	Sequence time.Duration // audit entries without a place
	Poll     time.Duration // jobs, where nothing notifies
}

// StandardPace is the pace for real use.
func StandardPace() Pace {
	return Pace{Wake: time.Second, Sequence: 200 * time.Millisecond, Poll: 500 * time.Millisecond}
}

// StartLoops starts everything that works by itself.
func (a *App) StartLoops(ctx context.Context, p Pace) (*Loops, error) {
	l := &Loops{app: a,
		waker:     &closure.Waker{Service: a.Closures, Every: p.Wake},
		sequencer: audit.NewSequencer(a.Audit, p.Sequence, a.Log),
		tidy:      tidier{app: a, every: p.Wake},
		flush:     flusher{app: a, every: a.Config.Session.ActivityLag / 2},
	}
	err := a.DB.Queue.Start(ctx, a.handlers(), queue.Settings{Workers: a.Config.Erasure.Workers, Timeout: a.Config.Erasure.TryTimeout + 30*time.Second, Poll: p.Poll})
	if err != nil {
		return nil, err
	}
	l.sequencer.Start(ctx)
	l.waker.Start(ctx)
	l.tidy.Start(ctx)
	l.flush.Start(ctx)
	return l, nil
}

// Stop ends them in the order in which they depend on each other, and waits
// for running jobs until ctx ends.
func (l *Loops) Stop(ctx context.Context) error {
	l.tidy.Stop()
	l.waker.Stop()
	err := errors.Join(l.flush.Stop(ctx), l.app.DB.Queue.Stop(ctx))
	l.sequencer.Stop()
	// What the last jobs wrote still gets its place.
	_, last := l.app.Audit.Sequence(ctx)
	return errors.Join(err, last)
}

// tidier is the loop for the small things: late notices, old answers, the
// demo's clock.
type tidier struct {
	app    *App
	every  time.Duration
	cancel context.CancelFunc
	done   sync.WaitGroup
}

// Start begins the loop.
func (t *tidier) Start(ctx context.Context) {
	ctx, t.cancel = context.WithCancel(ctx)
	t.done.Go(func() {
		tick := time.NewTicker(t.every)
		defer tick.Stop()
		for {
			if err := t.app.tidy(ctx); err != nil && ctx.Err() == nil {
				t.app.Log.ErrorContext(ctx, "tidying failed", "error", err)
			}
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	})
}

// Stop ends the loop and waits for it.
func (t *tidier) Stop() {
	t.cancel()
	t.done.Wait()
}
