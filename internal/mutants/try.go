package main

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// batch is how much testing is asked at once.
const batch = 4 * time.Second

// try throws one change after another and asks the tests that pass it.
func try(ctx context.Context, all []*change, tests []*test, o options) error {
	// Who passes few changes was made for them.
	slices.SortFunc(tests, func(a, b *test) int {
		return cmp.Or(cmp.Compare(len(a.passes), len(b.passes)), cmp.Compare(a.took, b.took))
	})
	var tried atomic.Int64
	var so memory
	return spread(ctx, o.workers, all, func(ctx context.Context, c *change) error {
		if err := c.try(ctx, so.order(c, tests), o.enough); err != nil {
			return err
		}
		so.learn(c)
		if n := tried.Add(1); n%50 == 0 || c.state == survived {
			fmt.Printf("%d of %d tried; %s: %s\n", n, len(all), c.state, c.name())
		}
		return nil
	})
}

func (c *change) try(ctx context.Context, tests []*test, enough time.Duration) error {
	var spent time.Duration
	for p, names := range batches(tests) {
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
		if spent += names.took; enough > 0 && spent > enough {
			break
		}
	}
	return nil
}

// memory knows which tests have noticed changes of a function: they are the most
// likely to notice the next one.
type memory struct {
	mu      sync.Mutex
	noticed map[string]int
}

func (m *memory) learn(c *change) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.noticed == nil {
		m.noticed = map[string]int{}
	}
	by, _, _ := strings.Cut(c.by, "/")
	m.noticed[c.file+" "+c.in+" "+by]++
	m.noticed[c.file+" "+by]++
}

// order gives the tests that pass a change: those first that noticed others in
// the same function, then in the same file, then the quickest.
func (m *memory) order(c *change, tests []*test) []*test {
	m.mu.Lock()
	defer m.mu.Unlock()
	of := slices.DeleteFunc(slices.Clone(tests), func(t *test) bool { return !t.passes[c.id] })
	slices.SortStableFunc(of, func(a, b *test) int {
		return cmp.Or(cmp.Compare(m.noticed[c.file+" "+c.in+" "+b.id()], m.noticed[c.file+" "+c.in+" "+a.id()]),
			cmp.Compare(m.noticed[c.file+" "+b.id()], m.noticed[c.file+" "+a.id()]))
	})
	return of
}

// some are tests of one program that are asked together.
type some struct {
	tests []string
	took  time.Duration
}

func (s some) pattern() string { return "^(" + strings.Join(s.tests, "|") + ")$" }

// batches puts tests of one program together, and keeps their order otherwise.
func batches(tests []*test) func(yield func(program, some) bool) {
	return func(yield func(program, some) bool) {
		rest := slices.Clone(tests)
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
