package walks

import (
	"net"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/web/webtest"
)

func TestMain(m *testing.M) { os.Exit(webtest.Main(m)) }

// site is an installation that pages are looked at on.
type site struct {
	*apptest.World
	url string
}

// open starts an installation on SQLite and serves its pages on a free port; what
// is drawn does not depend on the database, which the stores' own tests cover.
// Nothing runs by itself: tests move the clock and the jobs.
func open(t *testing.T, options ...apptest.Option) *site {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	url := "http://localhost:" + port // a name: passkeys know no addresses
	named := func(c *config.Config, _ *app.World) { c.PublicURL = url }
	w := apptest.New(t, "sqlite", append([]apptest.Option{named}, options...)...)
	serveOn(t, w, listener)
	return &site{World: w, url: url}
}

// again serves the pages of an installation on a further port, with the settings
// that it has now.
func again(t *testing.T, w *apptest.World) *site {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	serveOn(t, w, listener)
	return &site{World: w, url: "http://" + listener.Addr().String()}
}

func serveOn(t *testing.T, w *apptest.World, listener net.Listener) {
	server := &http.Server{Handler: w.App.Handler(), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
}

// window opens a window on the site.
func (s *site) window(t *testing.T, look webtest.Look) *webtest.Window {
	t.Helper()
	return webtest.Open(t, s.url, look)
}

// signIn signs somebody in by the page.
func signIn(w *webtest.Window, name string) *webtest.Window {
	w.T.Helper()
	return w.Go("/sign-in").Type("name", name).Type("password", apptest.Password).Press(word(w, "登录", "Sign in")).At("/")
}

// word chooses by the window's language.
func word(w *webtest.Window, chinese, english string) string {
	if w.Look.Lang == "en" {
		return english
	}
	return chinese
}

// looks are those that every walk is made in: each screen, in both languages,
// one of them dark, and once without scripts.
func looks() []webtest.Look {
	return []webtest.Look{
		{Screen: webtest.Desktop, Lang: "zh-CN"},
		{Screen: webtest.Tablet, Lang: "en"},
		{Screen: webtest.Phone, Lang: "zh-CN", Dark: true},
		{Screen: webtest.Desktop, Lang: "en", NoScripts: true},
	}
}

func name(l webtest.Look) string {
	n := l.Screen.Name + " " + l.Lang
	if l.Dark {
		n += " dark"
	}
	if l.NoScripts {
		n += " without scripts"
	}
	return n
}
