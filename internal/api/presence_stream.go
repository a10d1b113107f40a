package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/session"
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
		follower, err := f.Following.Begin(ctx, &principalOf(ctx).Caller, in.ID)
		if err != nil {
			return nil, err
		}
		return &huma.StreamResponse{Body: func(hc huma.Context) {
			httpserver.Streaming(hc, func(ctx context.Context, s *httpserver.Stream) { _ = follower.Run(ctx, presenceEvents{s}) })
		}}, nil
	})
}

// presenceEvents writes changes as events.
type presenceEvents struct{ stream *httpserver.Stream }

// Beat writes a comment.
func (s presenceEvents) Beat(context.Context) error { return s.stream.Beat() }

// Tell writes one event for each change.
func (s presenceEvents) Tell(_ context.Context, changes []session.Change) (err error) {
	for _, c := range changes {
		switch {
		case c.Everything:
			err = s.stream.Send("reload", struct{}{})
		case c.Online == nil:
			err = s.stream.Send("gone", gonePerson{AccountID: c.Account})
		default:
			err = s.stream.Send("person", shapeOnline(*c.Online))
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
