package e2e_test

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/identity"
)

// stage is an installation that serves on a free port, beside a company whose
// CRM database and documents are its data holders.
type stage struct {
	*apptest.World
	engine   string
	crm      *crm
	docs     string // the folder of documents
	mail     *mailbox
	log      *logbook
	alarms   []string // errors that a test expects to be logged
	planted  *planted
	running  *app.Running
	wire     *http.Transport
	operator *client.Client
	reviewer *client.Client
	auditor  *client.Client
}

// each runs a test on every engine: Signoff's own database and the company's CRM
// are both on it.
func each(t *testing.T, test func(t *testing.T, s *stage), options ...apptest.Option) {
	t.Helper()
	for _, engine := range apptest.Engines {
		t.Run(engine, func(t *testing.T) { test(t, newStage(t, engine, options...)) })
	}
}

// run runs one of several tests on the same stage: each makes its own people,
// and none of them looks at what others have left.
func (s *stage) run(t *testing.T, name string, test func(t *testing.T, s *stage)) {
	t.Helper()
	t.Run(name, func(t *testing.T) {
		before := s.T
		s.T = t
		defer func() { s.T = before }()
		test(t, s)
	})
}

func newStage(t *testing.T, engine string, options ...apptest.Option) *stage {
	t.Helper()
	s := &stage{engine: engine, mail: &mailbox{}, log: &logbook{}, planted: &planted{}, wire: &http.Transport{}}
	s.crm, s.docs = newCRM(t, engine), filepath.Join(t.TempDir(), "documents")
	if err := os.MkdirAll(s.docs, 0o700); err != nil {
		t.Fatal(err)
	}
	ours := func(c *config.Config, w *app.World) {
		c.Holders = holdersByFile(t, s.crm.dsn, s.docs)
		c.MetricsListen = "127.0.0.1:0"
		w.Log, w.Send = s.log.logger(), s.mail.send
	}
	s.World = apptest.New(t, engine, append([]apptest.Option{ours}, options...)...)
	t.Cleanup(s.stop)
	t.Cleanup(func() { s.log.mustBeClean(t, s) })
	s.start()
	s.operator = s.staff(client.Operator)
	s.reviewer = s.staff(client.Reviewer)
	s.auditor = s.staff(client.Auditor)
	return s
}

// start begins to serve.
func (s *stage) start() {
	s.T.Helper()
	run, err := s.App.Start(context.WithoutCancel(s.T.Context()),
		app.Pace{Wake: 150 * time.Millisecond, Sequence: 50 * time.Millisecond, Poll: 60 * time.Millisecond, Count: time.Second})
	s.Must(err)
	s.running = run
}

// stop ends serving; again, it does nothing.
func (s *stage) stop() {
	if s.running == nil {
		return
	}
	s.wire.CloseIdleConnections()
	if err := s.running.Stop(context.Background()); err != nil {
		s.T.Error(err)
	}
	s.running = nil
}

// restart stops the program, lets something happen meanwhile, and starts it
// anew on the same database and keys.
func (s *stage) restart(meanwhile func()) {
	s.T.Helper()
	s.stop()
	s.Must(s.App.Close())
	meanwhile()
	s.Open()
	s.start()
}

// with gives a client for a session's token, "" for anybody. It reaches the
// program wherever it listens now, also after a restart.
func (s *stage) with(token string) *client.Client {
	return client.New("http://signoff.test", client.Options{Token: token, Language: "en", HTTPClient: &http.Client{Transport: s, Timeout: time.Minute}})
}

// RoundTrip implements http.RoundTripper, and holds every answer against the
// OpenAPI document on its way.
func (s *stage) RoundTrip(r *http.Request) (*http.Response, error) {
	at, err := url.Parse(s.running.URL())
	if err != nil {
		return nil, err
	}
	out := r.Clone(r.Context())
	out.URL.Host = at.Host
	res, err := s.wire.RoundTrip(out)
	if err != nil {
		return nil, err
	}
	return res, contractOf(s).hold(s.T, out, res)
}

// staff makes somebody with a role on the platform; the first operator comes
// from the command line, as in a new installation.
func (s *stage) staff(role string) *client.Client {
	s.T.Helper()
	if s.operator != nil {
		p := s.person()
		s.Must(s.operator.Grant(s.T.Context(), p.id, role))
		return p.Client
	}
	a, err := s.App.Accounts.Create(s.T.Context(), app.Actor(), identity.NewAccount{Name: "Root Operator", Password: apptest.Password,
		Identifiers: []identity.Identifier{{Kind: identity.Username, Value: "root-operator"}}})
	s.Must(err)
	s.Must(s.App.Accounts.Grant(s.T.Context(), app.Actor(), a.ID, role))
	s.planted.add("Root Operator", "root-operator")
	return s.asRoot()
}
