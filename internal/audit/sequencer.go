package audit

import (
	"context"
	"log/slog"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
)

// maxPause bounds the wait after failures in a row.
const maxPause = time.Minute

// Sequencer is the loop that places pending entries: soon after a Nudge, and
// every so often anyway, because another process appends too. Any number of
// them may run on one database.
type Sequencer struct {
	log    *Log
	every  time.Duration
	logger *slog.Logger
	nudge  chan struct{}
	cancel context.CancelFunc
	done   chan struct{}
}

// NewSequencer makes a loop that looks at least once in every.
func NewSequencer(log *Log, every time.Duration, logger *slog.Logger) *Sequencer {
	return &Sequencer{log: log, every: every, logger: logger, nudge: make(chan struct{}, 1)}
}

// Start begins the loop; it ends with ctx or by Stop. Call it once.
func (s *Sequencer) Start(ctx context.Context) {
	ctx, s.cancel = context.WithCancel(ctx)
	s.done = make(chan struct{})
	go s.loop(ctx)
}

// Stop ends the loop and waits for it. A batch under way is rolled back; its
// entries stay pending. Without Start it does nothing.
func (s *Sequencer) Stop() {
	if s.cancel == nil {
		return
	}
	s.cancel()
	<-s.done
}

// Nudge says that an entry was committed. It never blocks.
func (s *Sequencer) Nudge() {
	select {
	case s.nudge <- struct{}{}:
	default: // one nudge is waiting already, and will see this entry too
	}
}

func (s *Sequencer) loop(ctx context.Context) {
	defer close(s.done)
	pause := s.every
	for {
		_, err := s.log.Sequence(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			// Nudges must not turn one lasting failure into a flood.
			s.logger.ErrorContext(ctx, "audit entries stay pending", "code", fault.Of(err).Code, "error", err)
			if !sleep(ctx, pause, nil) {
				return
			}
			pause = min(2*pause, max(maxPause, s.every))
		default:
			pause = s.every
			if !sleep(ctx, pause, s.nudge) {
				return
			}
		}
	}
}

// sleep waits for d or a nudge; it says false when ctx ended.
func sleep(ctx context.Context, d time.Duration, nudge <-chan struct{}) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-nudge:
	case <-timer.C:
	}
	return true
}
