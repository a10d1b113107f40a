package caller

import (
	"context"
	"sync"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/session"
)

const (
	// lookEvery keeps the promise that a stream ends within two seconds of its
	// caller's session.
	lookEvery = time.Second
	// beatEvery keeps proxies from closing a quiet stream.
	beatEvery = 15 * time.Second
	// mostStreams is how many streams one session may have open in one process,
	// over all faces.
	mostStreams = 3
)

// Following lets callers follow who is online in an organisation, for as long as
// they are signed in and manage it.
type Following struct {
	Desk     *Desk
	Sessions *session.Service
	// Every is how often a stream looks for news and whether its caller may still
	// have them: 1 s when it is zero.
	Every time.Duration

	mu   sync.Mutex
	open map[string]int // streams by session
}

// Follower is one stream that may begin.
type Follower struct {
	of           *Following
	token        string
	organisation string
	watcher      *session.Watcher
}

// Listener is who reads a stream. An error of it ends the stream.
type Listener interface {
	Tell(ctx context.Context, changes []session.Change) error
	// Beat is called every 15 s, so that both sides know that the stream is alive.
	Beat(ctx context.Context) error
}

// Begin checks that the caller manages the organisation, and that not too many
// streams of the session are open (too_many_streams). Changes count from now on.
// ctx is the request's: the stream's place is free again when it ends, whether
// or not the stream ever ran.
func (f *Following) Begin(ctx context.Context, c *Caller, organisation string) (*Follower, error) {
	if _, err := f.Desk.Manages(ctx, c, organisation); err != nil {
		return nil, err
	}
	release, err := f.take(c.Session.ID)
	if err != nil {
		return nil, err
	}
	context.AfterFunc(ctx, release)
	return &Follower{of: f, token: c.Token, organisation: organisation, watcher: f.Sessions.Watch(organisation)}, nil
}

// Run tells changes until ctx ends, the listener has had enough, or the caller's
// session or right is over, and says why it ended. Whatever goes wrong ends the
// stream: the caller opens another one, and is told by its answer.
func (w *Follower) Run(ctx context.Context, to Listener) error {
	every := w.of.Every
	if every <= 0 {
		every = lookEvery
	}
	tick, beat := time.NewTicker(every), time.NewTicker(beatEvery)
	defer tick.Stop()
	defer beat.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-beat.C:
			err = to.Beat(ctx)
		case <-tick.C:
			err = w.tell(ctx, to)
		}
		if err != nil {
			return err
		}
	}
}

func (w *Follower) tell(ctx context.Context, to Listener) error {
	// A look: an open page is no use of a session. The right is read anew.
	current, err := w.of.Sessions.Look(ctx, w.token)
	if err != nil {
		return err
	}
	by, err := w.of.Desk.Manages(ctx, &Caller{Session: current, Token: w.token}, w.organisation)
	if err != nil {
		return err
	}
	changes, err := w.watcher.Next(ctx, by)
	if err != nil || len(changes) == 0 {
		return err
	}
	return to.Tell(ctx, changes)
}

func (f *Following) take(session string) (release func(), err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.open == nil {
		f.open = map[string]int{}
	}
	if f.open[session] >= mostStreams {
		return nil, fault.New(fault.TooMany, "too_many_streams", "max", mostStreams)
	}
	f.open[session]++
	return func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if f.open[session]--; f.open[session] == 0 {
			delete(f.open, session)
		}
	}, nil
}
