package console

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// fillPlace reads who is online in one of the person's own organisations: the
// one that the address names, or the first.
func (p *Pages) fillPlace(v *visit.Visit, b *board) error {
	own, err := v.Callers().Managed(v.Context(), v.Caller)
	if err != nil || len(own) == 0 {
		return err
	}
	at := max(0, slices.IndexFunc(own, func(o org.Organisation) bool { return o.ID == v.Query("organisation") }))
	b.Places, b.Place = choices(own), &office{ID: own[at].ID, Name: own[at].Name}
	by, err := v.Callers().Commander(v.Context(), v.Caller)
	if err != nil {
		return err
	}
	b.Place.Online, err = p.Sessions.CountOnline(v.Context(), by, b.Place.ID, "")
	return err
}

// choices are organisations to choose from.
func choices(of []org.Organisation) (all []ui.Option) {
	for _, o := range of {
		all = append(all, ui.Option{Value: o.ID, Label: o.Name})
	}
	return all
}

// keptCount is how long a count of the whole platform is good enough.
const keptCount = 20 * time.Second

// everywhere keeps the last count of the whole platform, which is much work.
type everywhere struct {
	mu    sync.Mutex
	at    time.Time
	crowd session.Crowd
}

func (e *everywhere) count(v *visit.Visit, s *session.Service) (session.Crowd, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if age := v.Now().Sub(e.at); age >= 0 && age < keptCount {
		return e.crowd, nil
	}
	crowd, err := s.CountEverywhere(v.Context())
	if err == nil {
		e.crowd, e.at = crowd, v.Now()
	}
	return crowd, err
}

// presenceStream sends how many are online in an organisation whenever that may
// have changed, for as long as the person is signed in and manages it.
func (p *Pages) presenceStream(v *visit.Visit) error {
	organisation := v.Query("organisation")
	by, err := v.Manages(organisation)
	if err != nil {
		return err
	}
	follower, err := p.Following.Begin(v.Context(), v.Caller, organisation)
	if err != nil {
		return err
	}
	httpserver.StreamTo(v.W, v.R, func(ctx context.Context, s *httpserver.Stream) {
		crowd := &crowdEvents{stream: s, sessions: p.Sessions, by: by, organisation: organisation}
		err := crowd.Beat(ctx) // what has changed since the page was drawn
		if err == nil {
			err = follower.Run(ctx, crowd)
		}
		if reason := endOf(err); reason != "" {
			_ = s.Send("end", map[string]string{"reason": reason})
		}
	})
	return nil
}

// endOf says why a stream is over for good; "" where a new one may be opened.
func endOf(err error) string {
	switch {
	case fault.Is(err, "session_not_valid"), fault.Is(err, "unauthenticated"):
		return "session"
	case fault.Is(err, "organisation_not_found"), fault.Is(err, "admin_required"):
		return "right"
	default:
		return ""
	}
}

// crowdEvents writes the counts as events.
type crowdEvents struct {
	stream       *httpserver.Stream
	sessions     *session.Service
	by           audit.Actor
	organisation string
}

// crowd is the data of an event: people, and sessions by kind of device.
type crowd struct {
	People  int            `json:"people"`
	More    bool           `json:"more"`
	Devices map[string]int `json:"devices"`
}

// Tell counts anew, whoever it was.
func (c *crowdEvents) Tell(ctx context.Context, _ []session.Change) error {
	now, err := c.sessions.CountOnline(ctx, c.by, c.organisation, "")
	if err != nil {
		return err
	}
	out := crowd{People: now.People, More: now.More, Devices: map[string]int{}}
	for _, kind := range session.DeviceKinds() {
		out.Devices[kind] = now.Devices[kind].Sessions
	}
	return c.stream.Send("crowd", out)
}

// Beat counts anew, too: whoever only fell silent is no change.
func (c *crowdEvents) Beat(ctx context.Context) error { return c.Tell(ctx, nil) }
