package pgtest_test

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/pgtest"
)

func open(t *testing.T, dsn string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func setting(t *testing.T, db *sql.DB, name string) string {
	t.Helper()
	var value string
	if err := db.QueryRow("SELECT current_setting($1)", name).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

func TestEveryDatabaseIsFreshAndGoesWithItsTest(t *testing.T) {
	var first string
	t.Run("one", func(t *testing.T) {
		first = pgtest.DSN(t)
		if _, err := open(t, first).Exec("CREATE TABLE kept (id bigint)"); err != nil {
			t.Fatal(err)
		}
	})
	second := pgtest.DSN(t)
	if second == first {
		t.Fatalf("the same database twice: %s", second)
	}
	if err := open(t, first).Ping(); err == nil {
		t.Errorf("the database outlived its test")
	}
	var tables int
	db := open(t, second)
	if err := db.QueryRow("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").Scan(&tables); err != nil {
		t.Fatal(err)
	}
	if tables != 0 {
		t.Errorf("%d tables in a fresh database", tables)
	}
	if got := setting(t, db, "fsync"); got != "off" {
		t.Errorf("fsync is %s", got)
	}
}

func TestDurableServerWaitsForTheDisk(t *testing.T) {
	db := open(t, pgtest.DSNDurable(t))
	for _, name := range []string{"fsync", "synchronous_commit", "full_page_writes"} {
		if got := setting(t, db, name); got != "on" {
			t.Errorf("%s is %s", name, got)
		}
	}
}

func TestServerRefusesStrangers(t *testing.T) {
	u, err := url.Parse(pgtest.DSN(t))
	if err != nil {
		t.Fatal(err)
	}
	u.User = url.UserPassword(u.User.Username(), "wrong")
	if err := open(t, u.String()).Ping(); err == nil {
		t.Errorf("a wrong password opened the server")
	}
}

// hostEnv turns this test binary into the process that the next test kills.
const hostEnv = "SIGNOFF_PGTEST_HOST"

func TestMain(m *testing.M) {
	if os.Getenv(hostEnv) != "" {
		host()
	}
	os.Exit(m.Run())
}

// host starts a server, prints its URL and never ends by itself.
func host() {
	s, err := pgtest.Start(context.Background(), pgtest.Options{})
	if err != nil {
		fmt.Println("error:", err)
		os.Exit(1)
	}
	fmt.Println(s.URL())
	select {}
}

func TestServerDiesWithAKilledProcess(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), hostEnv+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, _ := bufio.NewReader(out).ReadString('\n')
	dsn := strings.TrimSpace(line)
	db := open(t, dsn)
	pingErr := db.Ping()
	var dir string
	if pingErr == nil {
		dir = setting(t, db, "data_directory")
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed
	if pingErr != nil {
		t.Fatalf("no server at %q: %v", dsn, pingErr)
	}
	deadline := time.Now().Add(2 * time.Minute)
	for tick := time.NewTicker(10 * time.Millisecond); ; <-tick.C {
		_, statErr := os.Stat(dir)
		if db.Ping() != nil && os.IsNotExist(statErr) {
			tick.Stop()
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the server or its directory %s outlived the process", dir)
		}
	}
}
