package app

import (
	"context"
	"errors"
	"time"

	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/telemetry"
)

// Running is a serving process.
type Running struct {
	Server *httpserver.Server
	loops  *Loops
	flush  func(context.Context) error
}

// Start begins to serve: the loops, then the listeners. URL tells where.
func (a *App) Start(ctx context.Context, p Pace) (*Running, error) {
	tracer, flush, err := telemetry.Tracing(ctx, a.Config.OTLPEndpoint, a.Version)
	if err != nil {
		return nil, err
	}
	r := &Running{Server: a.server(tracer), flush: flush}
	if r.loops, err = a.StartLoops(ctx, p); err != nil {
		return nil, err
	}
	if err := r.Server.Start(ctx); err != nil {
		return nil, errors.Join(err, r.loops.Stop(ctx))
	}
	return r, nil
}

// URL is where the site listens.
func (r *Running) URL() string { return r.Server.URL() }

// Failed tells when it serves no more though nobody has stopped it.
func (r *Running) Failed() <-chan error { return r.Server.Failed() }

// stopWithin bounds how long a stop waits for jobs and spans.
const stopWithin = 30 * time.Second

// Stop ends it gracefully: requests in hand are answered, jobs in hand are
// finished, what is left is written.
func (r *Running) Stop(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	return errors.Join(r.Server.Stop(ctx), r.loops.Stop(ctx), r.flush(ctx))
}
