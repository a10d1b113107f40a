// Command signoff is the command line of Signoff, the exit side of an account
// system. The commands for operators work on the installation itself, beside a
// running server or without one.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// version is set when a release is built.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// The exit codes.
const (
	exitOK      = 0
	exitFailure = 1 // the command could not do what it was asked
	exitUsage   = 2 // the command line makes no sense
)

// run is the whole program, given everything that comes from outside but the
// environment's settings.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	e, err := newEnv(args, os.Environ(), stdin, stdout, stderr)
	if err != nil {
		return e.fail(err)
	}
	return e.execute(ctx, args)
}
