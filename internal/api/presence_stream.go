package api

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/signoff-id/signoff/internal/caller"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/session"
)

const (
	// streamPoll keeps the promise that a stream ends within two seconds of its
	// caller's session.
	streamPoll = time.Second
	// beatEvery keeps proxies from closing a quiet stream.
	beatEvery = 15 * time.Second
	// mostStreams is how many streams one session may have open in one process.
	mostStreams = 3
)

// presenceStream sends who comes and goes as server-sent events: person with the
// person's devices, gone with the account, reload when the list must be read
// again. It ends with the caller's session, and with the caller's right to
// manage the organisation.
func (f *face) presenceStream() {
	register(f, operation{
		ID: "stream-presence", Method: http.MethodGet, Path: "/v1/organisations/{id}/presence/stream", Tag: tagOrganisations, Access: managers(),
		Gives: "text/event-stream",
		Problems: map[int][]string{http.StatusNotFound: {"organisation_not_found"}, http.StatusForbidden: {"admin_required"},
			http.StatusTooManyRequests: {"too_many_streams"}},
	}, func(ctx context.Context, in *InOrganisation) (*huma.StreamResponse, error) {
		if _, err := f.manages(ctx, in.ID); err != nil {
			return nil, err
		}
		who := principalOf(ctx)
		release, err := f.streams.take(who.Session.ID)
		if err != nil {
			return nil, err
		}
		watcher := f.Sessions.Watch(in.ID)
		return &huma.StreamResponse{Body: func(hc huma.Context) {
			defer release()
			httpserver.Streaming(hc, func(ctx context.Context, s *httpserver.Stream) { f.watch(ctx, s, who.Token, in.ID, watcher) })
		}}, nil
	})
}

// watch writes changes until somebody has had enough. Whatever goes wrong ends
// the stream: the client opens another one, and is told by its answer.
func (f *face) watch(ctx context.Context, s *httpserver.Stream, token, organisation string, w *session.Watcher) {
	every := f.StreamPoll
	if every <= 0 {
		every = streamPoll
	}
	tick, beat := time.NewTicker(every), time.NewTicker(beatEvery)
	defer tick.Stop()
	defer beat.Stop()
	for {
		var err error
		select {
		case <-ctx.Done():
			return
		case <-beat.C:
			err = s.Beat()
		case <-tick.C:
			err = f.tellChanges(ctx, s, token, organisation, w)
		}
		if err != nil {
			return
		}
	}
}

func (f *face) tellChanges(ctx context.Context, s *httpserver.Stream, token, organisation string, w *session.Watcher) error {
	// A look: an open page is no use of a session.
	current, err := f.Sessions.Look(ctx, token)
	if err != nil {
		return err
	}
	by, err := f.manages(context.WithValue(ctx, principalKey{}, &principal{Caller: caller.Caller{Session: current, Token: token}}), organisation)
	if err != nil {
		return err
	}
	changes, err := w.Next(ctx, by)
	if err != nil {
		return err
	}
	for _, c := range changes {
		switch {
		case c.Everything:
			err = s.Send("reload", struct{}{})
		case c.Online == nil:
			err = s.Send("gone", gonePerson{AccountID: c.Account})
		default:
			err = s.Send("person", shapeOnline(*c.Online))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// gonePerson is somebody who is not online any more.
type gonePerson struct {
	AccountID string `json:"account_id"`
}

// streams counts the open ones by session.
type streams struct {
	mu   sync.Mutex
	open map[string]int
}

func (s *streams) take(session string) (release func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open == nil {
		s.open = map[string]int{}
	}
	if s.open[session] >= mostStreams {
		return nil, fault.New(fault.TooMany, "too_many_streams", "max", mostStreams)
	}
	s.open[session]++
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.open[session]--; s.open[session] == 0 {
			delete(s.open, session)
		}
	}, nil
}
