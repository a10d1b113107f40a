package main

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"time"
)

func TestSpreadIsTheMiddleAndTheEnds(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   Spread
	}{
		{nil, Spread{}},
		{[]float64{3}, Spread{3, 3, 3}},
		{[]float64{9, 1, 4}, Spread{4, 1, 9}},
		{[]float64{4, 1, 2, 100}, Spread{3, 1, 100}},
	} {
		if got := spreadOf(c.values); got != c.want {
			t.Errorf("spread of %v is %v, want %v", c.values, got, c.want)
		}
	}
}

// fake takes the same time for every operation, and notes when it is called.
func fake(name string, each time.Duration, order *[]string) side {
	return side{name: name, n: 10, run: func(_ context.Context, n int) (time.Duration, error) {
		*order = append(*order, name)
		return time.Duration(n) * each, nil
	}}
}

func TestSidesTakeTurns(t *testing.T) {
	var order []string
	c, err := pace{rounds: 3}.compare(t.Context(), fake("a", 6*time.Millisecond, &order), fake("b", 2*time.Millisecond, &order))
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"a", "b", "a", "b", "b", "a", "a", "b"}; !slices.Equal(order, want) {
		t.Errorf("order %v, want a warm-up of both and then %v", order, want[2:])
	}
	if c.ratio != (Spread{3, 3, 3}) || c.subject.Median != 0.006 || c.floor.Median != 0.002 || c.rounds != 3 || c.subjectOps != 10 {
		t.Errorf("got %+v", c)
	}
}

func TestRatiosAreTakenRoundByRound(t *testing.T) {
	// The machine becomes slower and slower; the ratio stays what it is.
	slower := time.Millisecond
	grows := func(name string, times time.Duration) side {
		return side{name: name, n: 1, run: func(context.Context, int) (time.Duration, error) { return times * slower, nil }}
	}
	subject := grows("a", 4)
	floor := grows("b", 2)
	turns := 0
	for _, s := range []*side{&subject, &floor} {
		run := s.run
		s.run = func(ctx context.Context, n int) (time.Duration, error) {
			if turns++; turns%2 == 1 {
				slower *= 2
			}
			return run(ctx, n)
		}
	}
	c, err := pace{rounds: 5}.compare(t.Context(), subject, floor)
	if err != nil {
		t.Fatal(err)
	}
	if c.ratio != (Spread{2, 2, 2}) {
		t.Errorf("ratio %v, want 2 in every round", c.ratio)
	}
}

func TestRoundsAreFilled(t *testing.T) {
	var asked []int
	s := side{name: "a", run: func(_ context.Context, n int) (time.Duration, error) {
		asked = append(asked, n)
		return time.Duration(n) * time.Millisecond, nil
	}}
	n, err := pace{round: 100 * time.Millisecond}.warm(t.Context(), s)
	if err != nil || n != 100 {
		t.Errorf("%d operations fill a round, want 100; asked %v; %v", n, asked, err)
	}
}

func TestConcurrentlyDoesEachOnceAndStopsAtAnError(t *testing.T) {
	var done [100]atomic.Int64
	if _, err := concurrently(t.Context(), 7, len(done), func(_ context.Context, _, i int) error {
		done[i].Add(1)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for i := range done {
		if n := done[i].Load(); n != 1 {
			t.Errorf("operation %d was done %d times", i, n)
		}
	}
	broken := errors.New("broken")
	var calls atomic.Int64
	_, err := concurrently(t.Context(), 2, 1_000_000, func(_ context.Context, _, _ int) error {
		calls.Add(1)
		return broken
	})
	if !errors.Is(err, broken) || calls.Load() > 2 {
		t.Errorf("%v after %d calls", err, calls.Load())
	}
}
