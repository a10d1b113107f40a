package app

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/queue"
)

// Loops are what a serving process does by itself: run jobs, wake what is due,
// place audit entries, follow the demo's clock.
type Loops struct {
	app       *App
	sequencer *audit.Sequencer
	wake      again
	tidy      again
	count     again
	flush     again
}

// Pace says how often the loops look.
type Pace struct {
	Wake     time.Duration // closures that are due
	Sequence time.Duration // audit entries without a place
	Poll     time.Duration // jobs, where nothing notifies
	Count    time.Duration // what reports count
}

// StandardPace is the pace for real use.
func StandardPace() Pace {
	return Pace{Wake: time.Second, Sequence: 200 * time.Millisecond, Poll: 500 * time.Millisecond, Count: 2 * time.Second}
}

// StartLoops starts everything that works by itself.
func (a *App) StartLoops(ctx context.Context, p Pace) (*Loops, error) {
	l := &Loops{app: a,
		sequencer: audit.NewSequencer(a.Audit, p.Sequence, a.log),
		wake:      again{log: a.log, what: "waking closures", every: p.Wake, do: a.wakeClosures},
		tidy:      again{log: a.log, what: "tidying", every: p.Wake, do: a.tidy},
		count:     again{log: a.log, what: "counting", every: p.Count, do: a.foldReports},
		flush:     again{log: a.log, what: "writing the use of sessions", every: a.Config.Session.ActivityLag / 2, do: a.Sessions.Flush},
	}
	err := a.DB.Queue.Start(ctx, a.handlers(), queue.Settings{Workers: a.Config.Erasure.Workers, Timeout: a.Config.Erasure.TryTimeout + 30*time.Second, Poll: p.Poll})
	if err != nil {
		return nil, err
	}
	l.sequencer.Start(ctx)
	l.wake.Start(ctx)
	l.tidy.Start(ctx)
	l.count.Start(ctx)
	l.flush.Start(ctx)
	return l, nil
}

func (a *App) wakeClosures(ctx context.Context) error {
	_, err := a.Closures.Wake(ctx)
	return err
}

// Stop ends them in the order in which they depend on each other, and waits
// for running jobs until ctx ends.
func (l *Loops) Stop(ctx context.Context) error {
	l.tidy.Stop()
	l.count.Stop()
	l.wake.Stop()
	l.flush.Stop()
	err := errors.Join(l.app.Sessions.Flush(ctx), l.app.DB.Queue.Stop(ctx))
	l.sequencer.Stop()
	// What the last jobs wrote still gets its place.
	_, last := l.app.Audit.Sequence(ctx)
	return errors.Join(err, last)
}

// again does one thing at a steady pace, and logs what fails of it.
type again struct {
	log    *slog.Logger
	what   string
	every  time.Duration
	do     func(context.Context) error
	cancel context.CancelFunc
	done   sync.WaitGroup
}

// Start begins the loop.
func (t *again) Start(ctx context.Context) {
	ctx, t.cancel = context.WithCancel(ctx)
	t.done.Go(func() {
		tick := time.NewTicker(t.every)
		defer tick.Stop()
		for {
			if err := t.do(ctx); err != nil && ctx.Err() == nil {
				t.log.ErrorContext(ctx, t.what+" failed", "error", err)
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
func (t *again) Stop() {
	t.cancel()
	t.done.Wait()
}
