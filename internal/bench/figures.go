package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/config"
)

// callers is how many clients there are where several call at once.
const callers = 16

// scale says how much is measured.
type scale struct {
	pace
	people        int64   // of the organisation in which sessions are checked and ended
	organisations []int64 // live sessions of the organisations that are signed out; the first is the floor
	cooling       []int64 // closures cooling off in the databases that are scanned; the first is the floor
	closures      int     // erased in a round
	imported      int     // people of an address book
}

func scaleOf(quick bool) scale {
	if quick {
		return scale{pace: pace{rounds: 3, round: 50 * time.Millisecond}, people: 1_000,
			organisations: []int64{10, 1_000, 20_000}, cooling: []int64{1_000, 20_000}, closures: 10, imported: 2_000}
	}
	return scale{pace: pace{rounds: 7, round: 300 * time.Millisecond}, people: 500_000,
		organisations: []int64{10, 10_000, 1_000_000}, cooling: []int64{1_000, 1_000_000}, closures: 100, imported: 100_000}
}

// bench measures on one engine.
type bench struct {
	scale
	engine  *engine
	dir     string
	log     io.Writer // what happens, for whoever waits
	results []Result
}

// figures lists what can be measured, in its order.
var figures = []struct {
	name string
	run  func(context.Context, *bench) error
}{
	{"check", checks},
	{"http", overHTTP},
	{"pages", pages},
	{"signin", signIns},
	{"signout", signOuts},
	{"presence", presence},
	{"organisation", organisations},
	{"closures", closures},
	{"due", dueClosures},
	{"imports", imports},
}

func figureNames() []string {
	var names []string
	for _, f := range figures {
		names = append(names, f.name)
	}
	return names
}

// measure measures on one engine what the options ask for.
func measure(ctx context.Context, o options, s scale, name, dir string, log io.Writer) ([]Result, error) {
	e, err := newEngine(ctx, name, dir)
	if err != nil {
		return nil, err
	}
	defer e.stop()
	b := &bench{scale: s, engine: e, dir: dir, log: log}
	for _, f := range figures {
		if !slices.Contains(o.only, f.name) {
			continue
		}
		begin := time.Now()
		if err := f.run(ctx, b); err != nil {
			return b.results, fmt.Errorf("%s: %w", f.name, err)
		}
		b.say("%s measured in %v", f.name, time.Since(begin).Round(100*time.Millisecond))
	}
	return b.results, nil
}

func (b *bench) say(format string, args ...any) {
	fmt.Fprintf(b.log, "%s: %s\n", b.engine.name, fmt.Sprintf(format, args...))
}

// in opens an installation for the time of fn.
func (b *bench) in(ctx context.Context, name string, holders []config.Holder, fn func(*place) error) error {
	p, err := openPlace(ctx, b.engine, b.dir, name, holders)
	if err != nil {
		return err
	}
	return errors.Join(fn(p), p.close())
}

// compare measures a subject against its floor and keeps the result.
func (b *bench) compare(ctx context.Context, figure, note string, subject, floor side) error {
	c, err := b.pace.compare(ctx, subject, floor)
	if err != nil {
		return err
	}
	b.results = append(b.results, Result{Engine: b.engine.name, Figure: figure, What: subject.name, Floor: floor.name,
		Ratio: c.ratio, Seconds: c.subject, FloorSeconds: c.floor, Rounds: c.rounds,
		Operations: c.subjectOps, FloorOps: c.floorOps, Note: note})
	return nil
}
