package closure

import (
	"context"
	"sync"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/erasure"
)

// Waker looks for closures whose time has come and for parts that no job cares
// for, and gives each its job. It is what moves a closure after fifteen days:
// no job waits that long. Several processes may run one each.
type Waker struct {
	Service *Service
	Every   time.Duration
	stop    context.CancelFunc
	done    sync.WaitGroup
}

// Start begins looking until Stop.
func (w *Waker) Start(ctx context.Context) {
	ctx, w.stop = context.WithCancel(ctx)
	w.done.Go(func() {
		tick := time.NewTicker(w.Every)
		defer tick.Stop()
		for {
			if _, err := w.Service.Wake(ctx); err != nil && ctx.Err() == nil {
				w.Service.Log.ErrorContext(ctx, "waking closures failed", "error", err)
			}
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	})
}

// Stop ends the looking and waits for it.
func (w *Waker) Stop() {
	if w.stop != nil {
		w.stop()
		w.done.Wait()
	}
}

// wakeBatch bounds one commit of the waker.
const wakeBatch = 500

// Wake gives a job to everything that is due, and says how much it was.
func (s *Service) Wake(ctx context.Context) (woken int, err error) {
	for {
		n := 0
		err := s.InTx(ctx, func(tx Tx) error {
			now := s.Now()
			// Should the job be lost, the next look finds the closure again.
			again := now.Add(s.Tries.Lease())
			due, err := tx.DueClosures(ctx, now, again, wakeBatch)
			if err != nil {
				return err
			}
			for _, id := range due {
				if err := tx.WakeClosure(ctx, id); err != nil {
					return err
				}
			}
			parts, err := erasure.Wake(ctx, tx.ClosureParts(), now, again, wakeBatch)
			if err != nil {
				return err
			}
			n = max(len(due), parts)
			woken += len(due) + parts
			return nil
		})
		if err != nil || n < wakeBatch {
			return woken, err
		}
	}
}

// Retry makes a data holder's part due now: an operator's push.
func (s *Service) Retry(ctx context.Context, by audit.Actor, closure, holder string) (bool, error) {
	var ok bool
	err := s.InTx(ctx, func(tx Tx) (err error) {
		now := s.Now()
		if ok, err = tx.ClosureParts().RetryPart(ctx, closure, holder, now); err != nil || !ok {
			return err
		}
		if err := tx.AppendAudit(ctx, audit.Entry{ID: s.NewID(), At: now, Actor: by, Action: "erasure.retried", Object: closure,
			Data: map[string]string{"holder": holder}}); err != nil {
			return err
		}
		return tx.ClosureParts().WakePart(ctx, closure, holder)
	})
	return ok, err
}
