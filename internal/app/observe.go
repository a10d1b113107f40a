package app

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/queue"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/telemetry"
)

// counted counts the checks of sessions on their way to the database.
type counted struct {
	session.Live
	metrics *telemetry.Metrics
}

// LiveSession looks a session up and counts how that ended.
func (c counted) LiveSession(ctx context.Context, hash []byte, now time.Time) (session.Session, error) {
	s, err := c.Live.LiveSession(ctx, hash, now)
	c.metrics.SessionChecked(err == nil)
	return s, err
}

// figures are read when somebody asks for the metrics.
func (a *App) figures() telemetry.Figures {
	return telemetry.Figures{
		ClosuresByState: func(ctx context.Context) (map[string]int, error) {
			counts, err := a.Closures.Counts(ctx)
			out := map[string]int{}
			for state, n := range counts {
				out[string(state)] = n
			}
			return out, err
		},
		ErasureParts: func(ctx context.Context) (int, int, error) { return a.DB.CountParts(ctx, a.now()) },
		AuditPending: a.DB.CountPendingAudit, NoticesPending: a.DB.CountPendingNotices,
	}
}

// handlers are what jobs wake, timed.
func (a *App) handlers() queue.Handlers {
	timed := func(kind string, do func() (time.Duration, error)) (time.Duration, error) {
		began := time.Now()
		again, err := do()
		// What has to be tried again has failed, though the queue sees no error.
		a.metrics.JobDone(kind, err != nil || again > 0, time.Since(began))
		return again, err
	}
	return queue.Handlers{
		ClosureStep: func(ctx context.Context, id string) (time.Duration, error) {
			return timed("closure_step", func() (time.Duration, error) { return 0, a.Closures.Step(ctx, id) })
		},
		ErasePart: func(ctx context.Context, id, holder string) (time.Duration, error) {
			return timed("erase_part", func() (time.Duration, error) { return a.Closures.Part(ctx, id, holder) })
		},
		DissolutionStep: func(ctx context.Context, id string) (time.Duration, error) {
			return timed("dissolution_step", func() (time.Duration, error) { return 0, a.Dissolutions.Step(ctx, id) })
		},
		DissolutionPart: func(ctx context.Context, id, holder string) (time.Duration, error) {
			return timed("dissolution_part", func() (time.Duration, error) { return a.Dissolutions.Part(ctx, id, holder) })
		},
		SendNotice: func(ctx context.Context, id string) (time.Duration, error) {
			return timed("send_notice", func() (time.Duration, error) { return a.Outbox.Deliver(ctx, id) })
		},
	}
}
