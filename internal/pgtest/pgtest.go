// Package pgtest gives whoever measures or tests a real PostgreSQL. It is a
// private server started on first use, with a fresh, empty database for every
// caller. Nothing outside tests and benchmarks may import it.
//
// A server lives in a temporary directory, listens on a free port of the
// loopback address, is run by an ordinary user even when the tests are run by
// root (PostgreSQL refuses root), and ends with the process that started it,
// however that process ends.
package pgtest

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"
)

// ServerEnv names the environment variable that holds the URL of a server to
// create databases in. The program in pgserver sets it, so that all packages of
// one test run share one server; without it every test process starts its own.
const ServerEnv = "PGTEST_SERVER"

// startTimeout is long because the cores may be busy compiling other packages.
const startTimeout = 2 * time.Minute

// Servers are started at most once in a process, and never stopped by it: their
// watchdogs stop them when the process is gone.
var (
	fast = sync.OnceValues(func() (*Server, error) {
		if url := os.Getenv(ServerEnv); url != "" {
			return &Server{url: url}, nil
		}
		return start(Options{})
	})
	durable = sync.OnceValues(func() (*Server, error) { return start(Options{Durable: true}) })
)

func start(o Options) (*Server, error) {
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	return Start(ctx, o)
}

// DSN returns the URL of a fresh, empty database, dropped when tb ends. Its
// server does not wait for the disk: a commit survives the death of a client,
// not that of the machine. A missing PostgreSQL fails tb, it never skips it.
func DSN(tb testing.TB) string {
	tb.Helper()
	return database(tb, fast)
}

// DSNDurable is like DSN on a server with PostgreSQL's own durability (fsync,
// synchronous commit, full pages), for measurements that must be fair.
func DSNDurable(tb testing.TB) string {
	tb.Helper()
	return database(tb, durable)
}

// Template makes a database for Copy. It stays as long as the server.
func Template() (string, error) {
	s, err := fast()
	if err != nil {
		return "", fmt.Errorf("pgtest: %w", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	return s.CreateDatabase(ctx)
}

// Copy is like DSN, of a database that is a copy of one from Template, to which
// nobody may be connected.
func Copy(tb testing.TB, template string) string {
	tb.Helper()
	return made(tb, fast, func(ctx context.Context, s *Server) (string, error) { return s.copyDatabase(ctx, template) })
}

func database(tb testing.TB, server func() (*Server, error)) string {
	tb.Helper()
	return made(tb, server, func(ctx context.Context, s *Server) (string, error) { return s.CreateDatabase(ctx) })
}

func made(tb testing.TB, server func() (*Server, error), create func(context.Context, *Server) (string, error)) string {
	tb.Helper()
	s, err := server()
	if err != nil {
		tb.Fatalf("pgtest: %v", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	url, err := create(ctx, s)
	if err != nil {
		tb.Fatalf("pgtest: %v", err)
	}
	tb.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
		defer cancel()
		if err := s.dropDatabase(ctx, url); err != nil {
			tb.Errorf("pgtest: %v", err)
		}
	})
	return url
}
