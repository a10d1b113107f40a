package api

import (
	"context"
	"net/http"
	"time"
)

// signalView says whether the session is about to end.
type signalView struct {
	EndsAt *time.Time `json:"ends_at,omitempty" doc:"When an order ends the session; left out while there is none. Save now, and release the work."`
}

// workSignal waits until an order is about to end this session.
func (f *face) workSignal() {
	register(f, operation{
		ID: "await-work-signal", Method: http.MethodGet, Path: "/v1/session/work/signal", Tag: tagSessions, Access: everyAccount(),
	}, func(ctx context.Context, in *struct {
		Wait int `query:"wait_seconds" minimum:"0" maximum:"25" doc:"How long to wait for a signal before answering that there is none."`
	}) (*answer[signalView], error) {
		var ends time.Time
		err := f.until(ctx, in.Wait, func() (_ bool, err error) {
			ends, err = f.Sessions.EndsAt(ctx, principalOf(ctx).Session.ID)
			return !ends.IsZero(), err
		})
		if err != nil {
			return nil, err
		}
		return &answer[signalView]{Body: signalView{EndsAt: when(ends)}}, nil
	})
}
