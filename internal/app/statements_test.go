package app_test

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/identity"
)

// counting opens connections that count the statements sent through them.
type counting struct {
	drv  driver.Driver
	dsn  string
	sent *atomic.Int64
}

func (c counting) Driver() driver.Driver { return c.drv }

func (c counting) Connect(context.Context) (driver.Conn, error) {
	conn, err := c.drv.Open(c.dsn)
	return counted{conn, c.sent}, err
}

type counted struct {
	driver.Conn
	sent *atomic.Int64
}

// count leaves out the wake-up that the queue adds to the first of a moment's jobs,
// whatever they are.
func (c counted) count(query string) {
	if !strings.Contains(query, "river_notification") {
		c.sent.Add(1)
	}
}

func (c counted) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	c.count(query)
	return c.Conn.(driver.ExecerContext).ExecContext(ctx, query, args)
}

func (c counted) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	c.count(query)
	return c.Conn.(driver.QueryerContext).QueryContext(ctx, query, args)
}

func (c counted) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	return c.Conn.(driver.ConnBeginTx).BeginTx(ctx, o)
}

func (c counted) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	return c.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, query)
}

// counter puts counting connections in the place of the installation's own.
func counter(t *testing.T, w *apptest.World) *atomic.Int64 {
	t.Helper()
	var sent atomic.Int64
	path := strings.TrimPrefix(w.Config.DSN(), "sqlite:")
	pragmas := "&_pragma=busy_timeout(10000)&_pragma=foreign_keys(1)"
	open := func(lock string) *sql.DB {
		db := sql.OpenDB(counting{w.App.DB.Write.Driver(), "file:" + path + "?_txlock=" + lock + pragmas, &sent})
		db.SetMaxOpenConns(1)
		return db
	}
	write, read := w.App.DB.Write, w.App.DB.Read
	w.App.DB.Write, w.App.DB.Read = open("immediate"), open("deferred")
	t.Cleanup(func() { w.Must(write.Close()); w.Must(read.Close()) })
	return &sent
}

// A name that somebody has and one that nobody has cost the same statements and
// the same hashes: at sign-in, when a link is asked for, and at registration.
func TestKnownAndUnknownNamesCostTheSame(t *testing.T) {
	w := apptest.New(t, "sqlite", func(c *config.Config, _ *app.World) { c.Registration = "open" })
	ctx := t.Context()
	a, name := w.Person()
	email := identity.Identifier{Kind: identity.Email, Value: name + "@example.com"}
	w.Must(w.App.Accounts.VouchIdentifier(ctx, app.Actor(), a.ID, email))
	guess(w, "first", "not the passphrase", v4(1)) // the decoy's hash is made now
	sent, hashes := counter(t, w), int64(0)
	w.App.Accounts.Hasher.Observe = func() { hashes++ }
	cost := func(do func()) [2]int64 {
		sent.Store(0)
		hashes = 0
		do()
		return [2]int64{sent.Load(), hashes}
	}
	for what, do := range map[string]func(name string){
		"sign-in": func(name string) { guess(w, name, "not the passphrase", v4(2)) },
		"reset":   func(name string) { w.Must(w.App.Access.AskReset(ctx, name, v4(3))) },
		"registration": func(name string) {
			_, err := w.App.Access.BeginRegistration(ctx, identity.Identifier{Kind: identity.Email, Value: name}, "en", v4(4))
			w.Must(err)
		},
	} {
		known, unknown := cost(func() { do(email.Value) }), cost(func() { do("nobody-" + email.Value) })
		if known != unknown || known[0] == 0 {
			t.Errorf("%s: a known name costs %d statements and %d hashes, an unknown one %d and %d", what, known[0], known[1], unknown[0], unknown[1])
		}
	}
}
