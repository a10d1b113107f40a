package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"syscall"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/telemetry"
)

// serveCmd runs the server until it is told to stop.
type serveCmd struct {
	Listen        string `placeholder:"ADDRESS"`
	MetricsListen string `placeholder:"ADDRESS"`
	// AddressFile is for whoever let the system choose the port.
	AddressFile string `type:"path" placeholder:"FILE"`
}

func (c serveCmd) Run(ctx context.Context, e *env) error {
	if e.global.Set == nil {
		e.global.Set = map[string]string{}
	}
	if c.Listen != "" {
		e.global.Set["listen"] = c.Listen
	}
	if c.MetricsListen != "" {
		e.global.Set["metrics_listen"] = c.MetricsListen
	}
	settings, err := e.config()
	if err != nil {
		return err
	}
	log, err := telemetry.NewLogger(e.err, settings.Log.Level, settings.Log.Format)
	if err != nil {
		return err
	}
	return e.serve(ctx, settings, world(log), c.AddressFile, func(string) {})
}

// world is the real one, with this program's version.
func world(log *slog.Logger) app.World {
	w := app.TheWorld(log)
	w.Version = version
	return w
}

// serve opens an installation and serves it until ctx ends; ready hears where.
func (e *env) serve(ctx context.Context, c config.Config, w app.World, addressFile string, ready func(url string)) (err error) {
	for _, warning := range warnings(c) {
		w.Log.Warn(warning.text, warning.args...)
	}
	// What has begun ends in its own time: only the waiting below is cut short.
	life := context.WithoutCancel(ctx)
	a, err := app.Open(life, c, w)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	running, err := a.Start(life, app.StandardPace())
	if err != nil {
		return notServing(c, err)
	}
	w.Log.Info("serving", "url", running.URL(), "version", version, "holders", a.Holders.Names(), "demo", a.Clock != nil)
	if addressFile != "" {
		if err := os.WriteFile(addressFile, []byte(running.URL()+"\n"), 0o600); err != nil {
			return errors.Join(err, running.Stop(life))
		}
	}
	ready(running.URL())
	select {
	case <-ctx.Done():
	case err := <-running.Failed(): // whoever watches over the process starts it again
		w.Log.Error("the listener failed", "error", err)
	}
	w.Log.Info("stopping")
	err = running.Stop(life)
	w.Log.Info("stopped")
	return err
}

// notServing says what to do about an address that cannot be had.
func notServing(c config.Config, err error) error {
	address, flag := c.Listen, "--listen"
	var at *net.OpError
	if errors.As(err, &at) && at.Addr != nil && at.Addr.String() == c.MetricsListen {
		address, flag = c.MetricsListen, "--metrics-listen"
	}
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fault.New(fault.Unavailable, "address_in_use", "address", address, "flag", flag).Because(err)
	case errors.Is(err, fs.ErrPermission):
		return fault.New(fault.Unavailable, "address_forbidden", "address", address, "flag", flag).Because(err)
	}
	return fault.New(fault.Unavailable, "serve_failed", "address", address, "why", err.Error()).Because(err)
}
