package pgtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the "pgx" driver of database/sql
)

// Options say how a server is run.
type Options struct {
	// Durable leaves PostgreSQL's own durability on. Without it the server
	// never waits for the disk, which is several times faster.
	Durable bool
}

// Server is a running PostgreSQL that belongs to this process.
type Server struct {
	url   string         // of the maintenance database, as the superuser
	hold  io.WriteCloser // the watchdog stops the server when this closes
	ended chan struct{}  // closed when the watchdog has cleaned up
	log   *os.File       // what the server says; readable even after its directory is gone
}

// portTries bounds how often another process may take the free port between
// our finding it and PostgreSQL's listening on it.
const portTries = 5

// Start makes a new cluster in a temporary directory and runs a server on it.
// It returns when the server answers. The server stops and its directory goes
// at Stop, or when this process ends in any way at all.
func Start(ctx context.Context, o Options) (*Server, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	owner, err := serverUser()
	if err != nil {
		return nil, err
	}
	for try := 1; ; try++ {
		s, err := startOnce(ctx, bin, owner, o)
		if err == nil || try == portTries || ctx.Err() != nil || !errors.Is(err, errStopped) {
			return s, err
		}
	}
}

func startOnce(ctx context.Context, bin string, owner *account, o Options) (*Server, error) {
	dir, err := os.MkdirTemp(owner.tempDir(), "signoff-postgres-")
	if err != nil {
		return nil, err
	}
	password := rand.Text()
	if err := initCluster(ctx, bin, dir, password, owner); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	port, err := freePort()
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	s, err := runWatched(bin, dir, port, owner, o)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	s.url = (&url.URL{
		Scheme: "postgres", User: url.UserPassword("postgres", password),
		Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), Path: "/postgres", RawQuery: "sslmode=disable",
	}).String()
	defer s.log.Close()
	if err := s.awaitReady(ctx); err != nil {
		s.Stop()
		text, _ := io.ReadAll(io.NewSectionReader(s.log, 0, 1<<20))
		return nil, fmt.Errorf("%w; its log:\n%s", err, text)
	}
	return s, nil
}

// initCluster writes a new cluster that only the given password opens: on a
// machine with several users, a superuser without one would be open to all.
func initCluster(ctx context.Context, bin, dir, password string, owner *account) error {
	pwfile := filepath.Join(dir, "password")
	if err := os.WriteFile(pwfile, []byte(password+"\n"), 0o600); err != nil {
		return err
	}
	for _, path := range []string{dir, pwfile} {
		if err := owner.give(path); err != nil {
			return err
		}
	}
	cmd := exec.CommandContext(ctx, filepath.Join(bin, "initdb"),
		"--pgdata", filepath.Join(dir, "data"), "--username", "postgres", "--pwfile", pwfile,
		"--auth", "password", "--encoding", "UTF8", "--no-locale", "--no-sync")
	owner.run(cmd, dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// errStopped says that the server ended before it answered.
var errStopped = errors.New("the PostgreSQL server stopped while starting")

// awaitReady asks until the server answers, stops or ctx ends.
func (s *Server) awaitReady(ctx context.Context) error {
	db, err := sql.Open("pgx", s.url)
	if err != nil {
		return err
	}
	defer db.Close()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		last := db.PingContext(ctx)
		if last == nil {
			return nil
		}
		select {
		case <-s.ended:
			return errStopped
		case <-ctx.Done():
			return fmt.Errorf("the PostgreSQL server does not answer: %w (%w)", last, ctx.Err())
		case <-tick.C:
		}
	}
}

// URL is the address of the server's maintenance database, as the superuser.
func (s *Server) URL() string { return s.url }

// Stop ends the server at once, data and all, and returns when it is gone.
// A server named by ServerEnv belongs to somebody else and is left alone.
func (s *Server) Stop() {
	if s.hold == nil {
		return
	}
	s.hold.Close() // a second time is harmless
	<-s.ended
}

// copyDatabase makes a database with a name of its own that is like the one at
// another URL from CreateDatabase, to which nobody may be connected, and returns
// its URL.
func (s *Server) copyDatabase(ctx context.Context, template string) (string, error) {
	u, err := url.Parse(template)
	if err != nil {
		return "", err
	}
	name := "test_" + rand.Text()
	// Copied as files, not through the log: half the CPU time where nobody waits
	// for the disk.
	if err := s.exec(ctx, `CREATE DATABASE "`+name+`" TEMPLATE "`+strings.TrimPrefix(u.Path, "/")+`" STRATEGY FILE_COPY`); err != nil {
		return "", fmt.Errorf("copy a database: %w", err)
	}
	u.Path = "/" + name
	return u.String(), nil
}

// CreateDatabase makes an empty database with a name of its own and returns its
// URL.
func (s *Server) CreateDatabase(ctx context.Context) (string, error) {
	u, err := url.Parse(s.url)
	if err != nil {
		return "", err
	}
	name := "test_" + rand.Text()
	if err := s.exec(ctx, `CREATE DATABASE "`+name+`" TEMPLATE template0`); err != nil {
		return "", fmt.Errorf("create a database: %w", err)
	}
	u.Path = "/" + name
	return u.String(), nil
}

// dropDatabase drops the database at a URL from CreateDatabase, ending the
// connections that are still open to it.
func (s *Server) dropDatabase(ctx context.Context, database string) error {
	u, err := url.Parse(database)
	if err != nil {
		return err
	}
	if err := s.exec(ctx, `DROP DATABASE IF EXISTS "`+filepath.Base(u.Path)+`" WITH (FORCE)`); err != nil {
		return fmt.Errorf("drop a database: %w", err)
	}
	return nil
}

func (s *Server) exec(ctx context.Context, statement string) error {
	db, err := sql.Open("pgx", s.url)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, statement)
	return err
}
