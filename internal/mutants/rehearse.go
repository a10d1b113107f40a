package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

// test is one test, with the changes that it passes by.
type test struct {
	program program
	name    string
	took    time.Duration
	passes  map[int]bool
}

// id names the test as a change's by does.
func (t *test) id() string { return t.program.room + ": " + t.name }

// rehearse runs every test by itself without a change, to learn how long it takes
// and where it comes by.
func rehearse(ctx context.Context, programs []program, o options, dir string) ([]*test, error) {
	var all []*test
	for _, p := range programs {
		cmd := exec.CommandContext(ctx, p.file, "-test.list", ".")
		cmd.Dir = p.dir
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("list the tests of %s: %w", p.room, err)
		}
		for name := range strings.FieldsSeq(string(out)) {
			if strings.HasPrefix(name, "Test") {
				all = append(all, &test{program: p, name: name, passes: map[int]bool{}})
			}
		}
	}
	err := spread(ctx, o.workers, all, func(ctx context.Context, t *test) error { return t.rehearse(ctx, o, dir) })
	return all, err
}

func (t *test) rehearse(ctx context.Context, o options, dir string) error {
	seen := filepath.Join(dir, "seen-"+t.program.room+"-"+t.name)
	begin := time.Now()
	passed, output, err := t.program.run(ctx, "^"+t.name+"$", o.slowest, "MUTANTS_SEEN="+seen)
	if err != nil {
		return err
	}
	t.took = time.Since(begin)
	if !passed {
		fmt.Printf("left out: %s of %s does not pass within %s by itself\n%s\n", t.name, t.program.room, o.slowest, last(output, 5))
		return nil
	}
	text, err := os.ReadFile(seen)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	for line := range strings.FieldsSeq(string(text)) {
		id, err := strconv.Atoi(line)
		if err != nil {
			return err
		}
		t.passes[id] = true
	}
	return nil
}

// last gives the last lines of a text.
func last(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}

// spread does something with each of many, several at once.
func spread[T any](ctx context.Context, workers int, all []T, do func(context.Context, T) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	work := make(chan T)
	var done sync.WaitGroup
	for range workers {
		done.Go(func() {
			for x := range work {
				if err := do(ctx, x); err != nil {
					stop(err)
				}
			}
		})
	}
	for _, x := range all {
		if ctx.Err() == nil {
			work <- x
		}
	}
	close(work)
	done.Wait()
	return context.Cause(ctx)
}
