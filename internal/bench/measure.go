package main

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Spread is the middle and the two ends of what several rounds gave.
type Spread struct {
	Median float64 `json:"median"`
	Min    float64 `json:"min"`
	Max    float64 `json:"max"`
}

func spreadOf(values []float64) Spread {
	s := slices.Sorted(slices.Values(values))
	n := len(s)
	if n == 0 {
		return Spread{}
	}
	return Spread{Median: (s[(n-1)/2] + s[n/2]) / 2, Min: s[0], Max: s[n-1]}
}

// side is one of the two things that a figure compares.
type side struct {
	name string
	// run does n operations and gives the time that they took; what it does to
	// prepare them is left out of it.
	run func(ctx context.Context, n int) (time.Duration, error)
	// n is the number of operations in a round; zero means as many as fill it.
	n int
}

// comparison is what the rounds of two sides gave.
type comparison struct {
	ratio          Spread // of the seconds for one operation, round by round
	subject, floor Spread // seconds for one operation
	rounds         int
	subjectOps     int // in a round
	floorOps       int
}

// pace says how long and how often is measured.
type pace struct {
	rounds int           // after one that only warms up
	round  time.Duration // about how long a side runs in a round
}

// compare lets two sides take turns, each beginning every other round: whatever
// else the machine does then falls on both.
func (p pace) compare(ctx context.Context, subject, floor side) (comparison, error) {
	var err error
	out := comparison{rounds: p.rounds}
	if out.subjectOps, err = p.warm(ctx, subject); err != nil {
		return out, err
	}
	if out.floorOps, err = p.warm(ctx, floor); err != nil {
		return out, err
	}
	var ratios, subjects, floors []float64
	for round := range p.rounds {
		var a, b float64
		for turn := range 2 {
			if (round+turn)%2 == 0 {
				a, err = once(ctx, subject, out.subjectOps)
			} else {
				b, err = once(ctx, floor, out.floorOps)
			}
			if err != nil {
				return out, err
			}
		}
		ratios, subjects, floors = append(ratios, a/b), append(subjects, a), append(floors, b)
	}
	out.ratio, out.subject, out.floor = spreadOf(ratios), spreadOf(subjects), spreadOf(floors)
	return out, nil
}

// once gives the seconds for one operation.
func once(ctx context.Context, s side, n int) (float64, error) {
	runtime.GC() // what earlier rounds left behind is not this one's to clean up
	took, err := s.run(ctx, n)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", s.name, err)
	}
	return took.Seconds() / float64(n), nil
}

// warm runs a side until it is warm, and finds how many operations fill a round.
func (p pace) warm(ctx context.Context, s side) (int, error) {
	if s.n > 0 {
		_, err := once(ctx, s, max(1, s.n/10))
		return s.n, err
	}
	for n := 1; ; n *= 2 {
		each, err := once(ctx, s, n)
		if err != nil {
			return 0, err
		}
		if spent := each * float64(n); spent >= p.round.Seconds()/4 || n >= 1<<24 {
			return max(1, int(float64(n)*p.round.Seconds()/spent)), nil
		}
	}
}

// concurrently does n operations from several goroutines, which draw them one
// after the other, and gives the time from the first to the last.
func concurrently(ctx context.Context, callers, n int, do func(ctx context.Context, caller, i int) error) (time.Duration, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	var wg sync.WaitGroup
	begin := time.Now()
	for caller := range callers {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				if err := do(ctx, caller, i); err != nil {
					cancel(err)
				}
			}
		})
	}
	wg.Wait()
	return time.Since(begin), context.Cause(ctx)
}
