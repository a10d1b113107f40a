package demo

import (
	"context"
	"errors"
	"io"
	"net"
	"time"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/clock"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/store"
	"github.com/signoff-id/signoff/internal/texts"
)

// Walk walks through two closures, one under each shipped policy, against a
// server in this process but over its public API. It says what it does, shows
// what the data holders hold before and after, and checks every step.
type Walk struct {
	Dir   string // an empty folder for the demo
	World app.World
	Texts *texts.Catalogue
	Lang  string
	Out   io.Writer
	// Align puts the columns of a table under each other.
	Align func(rows [][]string) string

	demo   *Demo
	app    *app.App
	api    *client.Client // nobody signed in
	failed int
}

// pace lets the server look often: the walk waits for it.
var pace = app.Pace{Wake: 100 * time.Millisecond, Sequence: 50 * time.Millisecond, Poll: 50 * time.Millisecond, Count: time.Second}

// Run walks. It fails with demo_failed when anything was not as expected, and
// with whatever kept it from going on.
func (w *Walk) Run(ctx context.Context) (err error) {
	address, err := freeAddress(ctx)
	if err != nil {
		return err
	}
	if w.demo, err = Open(ctx, w.Dir, address, w.World); err != nil {
		return err
	}
	if w.app, err = app.Open(ctx, w.demo.Config, w.World); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.app.Close()) }()
	running, err := w.app.Start(ctx, pace)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, running.Stop(ctx)) }()
	w.api = client.New(running.URL(), client.Options{Language: w.Lang})
	w.line("begin", "url", running.URL())
	for _, scene := range []func(context.Context) error{w.atOnce, w.fifteenDays, w.tampering} {
		if err := scene(ctx); err != nil {
			return err
		}
	}
	w.blank()
	if w.failed > 0 {
		return fault.New(fault.Internal, "demo_failed", "count", w.failed)
	}
	w.line("all_well")
	return nil
}

// freeAddress finds a port that nobody listens on, because links must name it
// before anybody does.
func freeAddress(ctx context.Context) (string, error) {
	var c net.ListenConfig
	l, err := c.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// signIn gives a client that is signed in as somebody.
func (w *Walk) signIn(ctx context.Context, p Person, device string) (*client.Client, error) {
	started, err := w.api.SignIn(ctx, client.NewSession{Name: p.Username, Password: p.Password, Device: client.Device{Kind: device}, App: "crm"})
	return w.api.WithToken(started.Token), err
}

// alive says whether a client's session is valid.
func alive(ctx context.Context, c *client.Client) bool {
	_, err := c.CheckSession(ctx)
	return err == nil
}

// advance moves the demo's clock and waits until the server has seen it.
func (w *Walk) advance(ctx context.Context, by time.Duration) error {
	until := w.app.Clock.Now().Add(by)
	err := w.app.DB.Update(ctx, func(tx *store.Tx) error { return clock.Advance(ctx, tx, by) })
	if err != nil {
		return err
	}
	return w.wait(ctx, func() (bool, error) { return !w.app.Clock.Now().Before(until), nil })
}

// closed waits until a closure has ended, and gives what its private link shows.
func (w *Walk) closed(ctx context.Context, link string) (s client.ClosureStatus, err error) {
	err = w.wait(ctx, func() (bool, error) {
		s, err = w.api.ClosureStatus(ctx, link)
		return s.State != client.CoolingOff && s.State != client.Erasing, err
	})
	return s, err
}

// patience is how long the walk waits for the server to do something.
const patience = 20 * time.Second

func (w *Walk) wait(ctx context.Context, ready func() (bool, error)) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for {
		if ok, err := ready(); ok || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return fault.New(fault.Internal, "demo_waited", "time", patience).Because(ctx.Err())
		case <-look.C:
		}
	}
}
