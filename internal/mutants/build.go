package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// program is a room's tests with all changes inside, ready to run.
type program struct {
	room, file, dir string
	short           bool
}

func build(ctx context.Context, o options, dir string) ([]program, error) {
	var out []program
	for _, room := range o.tests {
		where, err := filepath.Abs(filepath.Join("internal", room))
		if err != nil {
			return nil, err
		}
		p := program{room: room, short: o.short, file: filepath.Join(dir, strings.ReplaceAll(room, "/", "-")+".test"), dir: where}
		cmd := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-overlay", overlayFile(dir), "-o", p.file, "./internal/"+room)
		if text, err := cmd.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("build the tests of %s: %w\n%s", room, err, text)
		}
		out = append(out, p)
	}
	return out, nil
}

// onOneEngine leaves the second database out: what is changed here does not know
// which one it is on, and two take twice as long.
const onOneEngine = "/^postgres|//^postgres|///^postgres"

// run runs tests of a program and says whether they passed.
func (p program) run(ctx context.Context, pattern string, limit time.Duration, env ...string) (passed bool, output string, err error) {
	args := []string{"-test.run", pattern, "-test.skip", onOneEngine, "-test.failfast", "-test.timeout", limit.String(), "-test.parallel", "4"}
	if p.short {
		args = append(args, "-test.short")
	}
	cmd := exec.CommandContext(ctx, p.file, args...)
	cmd.Dir, cmd.Env = p.dir, append(os.Environ(), env...)
	var text bytes.Buffer
	cmd.Stdout, cmd.Stderr = &text, &text
	cmd.WaitDelay = 5 * time.Second
	err = cmd.Run()
	if ctx.Err() != nil {
		return false, "", ctx.Err()
	}
	if err != nil && cmd.ProcessState == nil {
		return false, "", err
	}
	return err == nil, text.String(), nil
}
