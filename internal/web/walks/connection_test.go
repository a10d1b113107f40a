package walks

import (
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/web/webtest"
)

// A browser that has lost the network says so, sends no form into the void, and
// keeps what was typed until the network is back.
func TestWithoutTheNetworkNothingTypedIsLost(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range looks()[:3] {
		t.Run(name(look), func(t *testing.T) {
			_, who := s.Person()
			w := signIn(s.window(t, look), who)
			w.Go("/prove?next=%2Fme").Type("password", "correct horse battery")
			w.Unplug(true).Sees(word(w, "暂时连接不上服务", "cannot be reached")).Touch(word(w, "继续", "Continue"))
			w.Sees(word(w, "暂时连接不上服务", "cannot be reached")).At("/prove").Forgive().Check("offline")
			w.Unplug(false).Loses(word(w, "暂时连接不上服务", "cannot be reached")) // the browser says that it is back
			w.Press(word(w, "继续", "Continue")).At("/me")
		})
	}
}

// Behind a dead link a browser thinks that it is online: the page finds out by
// asking, and asks anew when somebody presses the button.
func TestBehindADeadLinkSomebodyCanTryAgain(t *testing.T) {
	t.Parallel()
	b := &between{}
	s := b.serve(t, open(t))
	for _, look := range looks()[:3] {
		t.Run(name(look), func(t *testing.T) {
			_, who := s.Person()
			w := signIn(s.window(t, look), who)
			w.Go("/settings")
			b.dead.Store(true)
			webtest.Eval[bool](w, `document.dispatchEvent(new Event('visibilitychange'))`)
			w.Sees(word(w, "暂时连接不上服务", "cannot be reached"))
			b.dead.Store(false)
			w.Touch(word(w, "重试", "Try again")).Loses(word(w, "暂时连接不上服务", "cannot be reached")).Forgive()
		})
	}
}

// between is a server in front of the site that can fail, and can be another
// version.
type between struct {
	fails atomic.Bool // with an answer of its own, where a part of a page is asked for
	dead  atomic.Bool // hangs up on everybody
	newer atomic.Bool
}

func (b *between) serve(t *testing.T, s *site) *site {
	t.Helper()
	to, err := url.Parse(s.url)
	s.Must(err)
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to); r.Out.Host = r.In.Host },
		ModifyResponse: func(r *http.Response) error {
			if b.newer.Load() {
				r.Header.Set("Signoff-Version", "a later one")
			}
			return nil
		}}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	s.Must(err)
	server := &http.Server{ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if b.dead.Load() {
			panic(http.ErrAbortHandler)
		}
		if b.fails.Load() && r.Header.Get("HX-Request") != "" {
			http.Error(w, "<p>a gateway's own words</p>", http.StatusBadGateway)
			return
		}
		proxy.ServeHTTP(w, r)
	})}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return &site{World: s.World, url: "http://" + listener.Addr().String()}
}

// poll asks for a part of the page anew, as the clock would after twenty seconds.
func poll(w *webtest.Window) {
	w.T.Helper()
	webtest.Eval[bool](w, `(htmx.ajax('GET', document.getElementById('conditions').getAttribute('hx-get'), '#conditions'), true)`)
}

func TestAPartThatFailsLeavesThePageAsItWas(t *testing.T) {
	t.Parallel()
	b := &between{}
	s := b.serve(t, open(t))
	for _, look := range looks()[:3] {
		t.Run(name(look), func(t *testing.T) {
			_, who := s.Person()
			w := signIn(s.window(t, look), who)
			w.Go("/settings/close-account/conditions?policy=dingtalk").Sees(word(w, "下一步：验证身份", "Next: prove who you are"))
			webtest.Eval[bool](w, `(document.getElementById('conditions').insertAdjacentHTML('beforeend', '<label>Note <input name="typed"></label>'), true)`)
			w.Type("typed", "half a sentence")
			b.fails.Store(true)
			poll(w)
			w.Sees(word(w, "未能更新", "could not be brought up to date"), word(w, "下一步：验证身份", "Next: prove who you are")).SeesNot("gateway").Forgive().Check("failed")
			b.fails.Store(false)
			poll(w)
			w.Loses(word(w, "未能更新", "could not be brought up to date"))
			if kept := webtest.Eval[string](w, `document.querySelector('[name=typed]')?.value || ''`); kept != "half a sentence" {
				t.Errorf("what was typed is now %q", kept)
			}
		})
	}
}

func TestANewerVersionIsTold(t *testing.T) {
	t.Parallel()
	b := &between{}
	s := b.serve(t, open(t))
	for _, look := range looks()[:3] {
		t.Run(name(look), func(t *testing.T) {
			b.newer.Store(false)
			_, who := s.Person()
			w := signIn(s.window(t, look), who)
			w.Go("/settings").SeesNot(word(w, "新版本", "newer version")).Check("not-newer")
			b.newer.Store(true)
			webtest.Eval[bool](w, `document.dispatchEvent(new Event('visibilitychange'))`)
			w.Sees(word(w, "新版本", "newer version")).Settled().Check("newer")
			w.Press(word(w, "刷新页面", "Reload the page")).At("/settings")
		})
	}
}
