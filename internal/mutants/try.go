package main

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// batch is how much testing is asked at once; the quick tests come first.
const batch = 4 * time.Second

// try throws one change after another and asks the tests that pass it.
func try(ctx context.Context, all []*change, tests []*test, o options) error {
	slices.SortFunc(tests, func(a, b *test) int { return cmp.Compare(a.took, b.took) })
	var tried atomic.Int64
	return spread(ctx, o.workers, all, func(ctx context.Context, c *change) error {
		if err := c.try(ctx, tests); err != nil {
			return err
		}
		if n := tried.Add(1); n%50 == 0 || c.state == survived {
			fmt.Printf("%d of %d tried; %s: %s\n", n, len(all), c.state, c.name())
		}
		return nil
	})
}

func (c *change) try(ctx context.Context, tests []*test) error {
	for p, names := range batches(c.id, tests) {
		c.asked += len(names.tests)
		passed, output, err := p.run(ctx, names.pattern(), 20*time.Second+10*names.took, fmt.Sprintf("MUTANT=%d", c.id))
		if err != nil {
			return err
		}
		if !passed {
			c.state, c.by = killed, p.room+": "+who(output)
			return nil
		}
		c.state = survived
	}
	return nil
}

// some are tests of one program that are asked together.
type some struct {
	tests []string
	took  time.Duration
}

func (s some) pattern() string { return "^(" + strings.Join(s.tests, "|") + ")$" }

// batches gives the tests that pass a change, those of one program together, the
// quickest first.
func batches(id int, tests []*test) func(yield func(program, some) bool) {
	return func(yield func(program, some) bool) {
		rest := slices.DeleteFunc(slices.Clone(tests), func(t *test) bool { return !t.passes[id] })
		for len(rest) > 0 {
			p, now := rest[0].program, some{}
			rest = slices.DeleteFunc(rest, func(t *test) bool {
				if t.program != p || len(now.tests) > 0 && now.took+t.took > batch {
					return false
				}
				now.tests, now.took = append(now.tests, t.name), now.took+t.took
				return true
			})
			if !yield(p, now) {
				return
			}
		}
	}
}

var failed = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)`)

// who gives the test that noticed.
func who(output string) string {
	if m := failed.FindStringSubmatch(output); m != nil {
		return m[1]
	}
	if strings.Contains(output, "test timed out") {
		return "it never ends"
	}
	return "it falls over"
}
