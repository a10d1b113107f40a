package app_test

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the company's own database

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/certificate"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/identity"
)

const crashMapping = `
title: {zh-CN: 客户关系系统, en: Customer relations}
tables:
  - {table: people, person: {column: account, match: account}, action: delete}
  - {table: letters, via: {column: person, table: people}, action: delete}
  - {table: notes, person: {column: author, match: email}, action: pseudonymise, pseudonymise: [author]}
`

const crashSchema = `
CREATE TABLE people (id INTEGER PRIMARY KEY, account TEXT);
CREATE TABLE letters (id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES people (id), text TEXT);
CREATE TABLE notes (id INTEGER PRIMARY KEY, author TEXT, text TEXT);`

// installation is the one that parent and child share: a CRM database and a
// folder of documents as data holders, both real.
func (o orders) installation() (config.Config, app.World) {
	c := config.Default()
	c.DataDir, c.PublicURL, c.Issuer, c.OfferedPolicies = o.Dir, "http://127.0.0.1", "signoff.test", "*"
	c.Database.DSN = config.Secret(o.DSN)
	c.Erasure = config.Erasure{Workers: 4, TryTimeout: 5 * time.Second, BackoffMin: 20 * time.Millisecond, BackoffMax: 200 * time.Millisecond}
	c.Holders = []config.Holder{
		{Name: "crm", Kind: "sqldb", Mapping: filepath.Join(o.Dir, "crm.yaml"), DSN: config.Secret("sqlite:" + filepath.Join(o.Dir, "crm.db"))},
		{Name: "documents", Kind: "blob", Bucket: "file://" + filepath.Join(o.Dir, "documents"), Prefix: "people/{account}/"},
	}
	return c, app.World{Rand: rand.Reader, Cost: identity.Cost{Memory: 64, Passes: 1}, Send: sender(o.Dir),
		Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
}

// company is the outside world of the test.
type company struct {
	*apptest.World
	dir string
	crm *sql.DB
}

func newCompany(t *testing.T, engine string) (*company, orders) {
	dir := t.TempDir()
	co := &company{dir: dir}
	for _, err := range []error{os.MkdirAll(filepath.Join(dir, "documents"), 0o700), os.WriteFile(filepath.Join(dir, "crm.yaml"), []byte(crashMapping), 0o600)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	var err error
	if co.crm, err = sql.Open("sqlite", "file:"+filepath.Join(dir, "crm.db")+"?_pragma=busy_timeout(10000)"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { co.crm.Close() })
	if _, err := co.crm.ExecContext(t.Context(), crashSchema); err != nil {
		t.Fatal(err)
	}
	o := orders{Dir: dir}
	co.World = apptest.New(t, engine, func(c *config.Config, w *app.World) {
		o.DSN = c.Database.DSN.Reveal()
		if engine == "sqlite" {
			o.DSN = "sqlite:" + filepath.Join(dir, "signoff.db")
		}
		shared, world := o.installation()
		*c = shared
		w.Send = world.Send
	})
	return co, o
}

// leaver is somebody with rows and files whose closure waits for the end of its
// cooling-off.
func (co *company) leaver(t *testing.T) (identity.Account, closure.Confirmed) {
	a, _ := co.Person()
	for _, statement := range []string{
		`INSERT INTO people (account) VALUES ('` + a.ID + `')`,
		`INSERT INTO letters (person, text) SELECT id, 'x' FROM people, (VALUES (1), (2), (3)) WHERE account = '` + a.ID + `'`,
		`INSERT INTO notes (author, text) VALUES ('` + a.Address() + `', 'x'), ('` + a.Address() + `', 'y')`,
	} {
		if _, err := co.crm.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	folder := filepath.Join(co.dir, "documents", "people", a.ID)
	co.Must(os.MkdirAll(folder, 0o700))
	for i := range 5 {
		co.Must(os.WriteFile(filepath.Join(folder, fmt.Sprint(i)), []byte("document"), 0o600))
	}
	return a, co.Confirm(a, cooled.name)
}

// left counts what still leads to somebody.
func (co *company) left(t *testing.T, a identity.Account) (n int) {
	err := co.crm.QueryRowContext(t.Context(), `SELECT (SELECT count(*) FROM people WHERE account = $1)
		+ (SELECT count(*) FROM letters WHERE person NOT IN (SELECT id FROM people)) + (SELECT count(*) FROM notes WHERE author = $2)`,
		a.ID, a.Address()).Scan(&n)
	co.Must(err)
	files, err := filepath.Glob(filepath.Join(co.dir, "documents", "people", a.ID, "*"))
	co.Must(err)
	return n + len(files)
}

// TestKilledAnywhere kills the process at every point of an erasure that has a
// name, and lets another one go on: in the end everything is as if nothing had
// happened.
func TestKilledAnywhere(t *testing.T) {
	for _, engine := range apptest.Engines {
		t.Run(engine, func(t *testing.T) {
			co, o := newCompany(t, engine)
			install(co.World, cooled)
			whole := co.through(t, o, "")
			points := lines(t, o.Dir, "points")
			slices.Sort(points)
			points = slices.Compact(points)
			if len(points) < 10 {
				t.Fatalf("only %d points: %v", len(points), points)
			}
			if testing.Short() {
				points = points[:3]
			}
			for _, point := range points {
				t.Run(point, func(t *testing.T) {
					if got := co.through(t, o, point); got != whole {
						t.Errorf("the certificate says\n%s\nand without the crash\n%s", got, whole)
					}
				})
			}
			report, err := co.App.Audit.Verify(t.Context(), nil, nil)
			if err != nil {
				t.Errorf("the audit log after all: %+v, %v", report, err)
			}
		})
	}
}

// through takes one closure from the end of its cooling-off to the end, through
// a process that dies at point, and gives what its certificate says.
func (co *company) through(t *testing.T, o orders, point string) string {
	a, c := co.leaver(t)
	co.Clock.Advance(15*24*time.Hour + time.Minute)
	o.Now, o.Closure, o.Point = co.Clock.Now(), c.Closure.ID, point
	if died := killed(o.child(t)); died != (point != "") {
		t.Fatalf("the child was killed: %v", died)
	}
	co.Clock.Advance(5 * time.Minute) // the dead one's leases run out
	loops, err := co.App.StartLoops(context.WithoutCancel(t.Context()), apptest.Pace())
	co.Must(err)
	finish(t, co.App, c.Closure.ID)
	co.Must(loops.Stop(context.Background()))
	if n := co.left(t, a); n != 0 {
		t.Errorf("%d rows and files still lead to the person", n)
	}
	file, err := co.App.Closures.CertificateFile(t.Context(), c.Closure.ID, a.ID)
	co.Must(err)
	doc, _, err := certificate.Verify(file, co.App.Ring.JWKS())
	co.Must(err)
	co.oneLastNotice(t)
	return says(doc)
}

// oneLastNotice holds that the last notices were sent under one id each: sent
// again is no second notice.
func (co *company) oneLastNotice(t *testing.T) {
	ids := map[string]bool{}
	for _, l := range lines(t, co.dir, "sent") {
		if id, ok := strings.CutPrefix(l, "closure_closed "); ok {
			ids[id] = true
		}
	}
	if len(ids) != 1 {
		t.Errorf("%d last notices, want one", len(ids))
	}
	co.Must(os.Remove(filepath.Join(co.dir, "sent")))
}

// says is a certificate's content without its ids, times and numbers.
func says(doc certificate.Certificate) string {
	var b strings.Builder
	for _, s := range doc.Timeline {
		if s.Event != "holder_erased" { // which of two was first is chance
			fmt.Fprintln(&b, s.Event)
		}
	}
	item := func(name string, i certificate.Item) { fmt.Fprintln(&b, name, i.Name, i.Action, i.Count, i.Bytes) }
	for _, h := range doc.Holders {
		for _, i := range h.Items {
			item(h.Name, i)
		}
	}
	for _, i := range doc.Own {
		if i.Name != "notices" { // a crash may come before or after one is delivered
			item("own", i)
		}
	}
	return b.String()
}

func lines(t *testing.T, dir, file string) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

// finish waits until a closure has ended and every notice has gone.
func finish(t *testing.T, a *app.App, id string) {
	t.Helper()
	deadline := time.NewTimer(time.Minute)
	defer deadline.Stop()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		v, err := a.Closures.Get(t.Context(), id, "")
		if err != nil {
			t.Fatal(err)
		}
		waiting, err := a.DB.CountPendingNotices(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if v.State == closure.Closed && waiting == 0 {
			return
		}
		select {
		case <-deadline.C:
			t.Fatalf("after a minute the closure is %s, %d notices wait, parts %+v", v.State, waiting, v.Parts)
		case <-tick.C:
		}
	}
}
