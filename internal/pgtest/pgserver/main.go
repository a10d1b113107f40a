// Command pgserver runs a command beside a private PostgreSQL server. The
// command finds its URL in the environment, and the server stops when the
// command ends. It lets the packages of one test run share a server:
//
//	go run ./internal/pgtest/pgserver go test ./...
//
// Without a command it prints the URL and serves until it is interrupted.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"github.com/signoff-id/signoff/internal/pgtest"
)

func main() {
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "pgserver:", err)
	}
	os.Exit(code)
}

// run returns the command's own exit code.
func run(args []string) (int, error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	server, err := pgtest.Start(ctx, pgtest.Options{})
	if err != nil {
		return 1, err
	}
	defer server.Stop()
	if len(args) == 0 {
		fmt.Println(server.URL())
		<-ctx.Done()
		return 0, nil
	}
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), pgtest.ServerEnv+"="+server.URL())
	err = cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		if exit.Exited() {
			return exit.ExitCode(), nil
		}
		return 1, err
	}
	if err != nil {
		return 1, err
	}
	return 0, nil
}
