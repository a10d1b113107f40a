package walks

import (
	"net/url"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
)

// The condition of a closure leads to the binding, and back it is met.
func TestSomebodyReleasesABinding(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			a, who := s.Person()
			_, err := s.App.Accounts.Bind(t.Context(), app.Actor(), a.ID, "alipay", "alice@alipay.example")
			s.Must(err)
			w := signIn(s.window(t, look), who)
			w.Go("/settings/close-account/conditions?policy=dingtalk").Press(word(w, "去处理", "See to it")).At("/settings/bindings")
			w.Sees(word(w, "支付宝", "Alipay"), "alice@alipay.example").Check("bindings")
			w.Press(word(w, "解除绑定", "Release")).Check("ask")
			w.Press(word(w, "解除绑定", "Release")).At("/settings/bindings").Sees(word(w, "没有绑定其他服务", "No other service")).Check("released")
			if all, _, err := s.App.Accounts.Hindrances(t.Context(), a.ID); err != nil || len(all) != 0 || s.Entries("binding.released", a.ID) != 1 {
				t.Errorf("%v, %v", all, err)
			}
		})
	}
}

func TestBindingsAreOnesOwn(t *testing.T) {
	t.Parallel()
	s := open(t)
	a, who := s.Person()
	b, hers := s.Person()
	mine, err := s.App.Accounts.Bind(t.Context(), app.Actor(), a.ID, "mailbox", "")
	s.Must(err)
	her, err := s.App.Accounts.Bind(t.Context(), app.Actor(), b.ID, "taobao", "")
	s.Must(err)
	p, other := s.plain(t), s.plain(t)
	p.signIn(who)
	other.signIn(hers)
	path := func(id string) string { return "/settings/bindings/" + id + "/release" }
	if r := p.get(path(her.ID)); r.StatusCode != 404 || !strings.Contains(r.body, `data-code="binding_not_found"`) {
		t.Errorf("her binding on his page: %d", r.StatusCode)
	}
	token := p.token(path(mine.ID))
	_ = p.send("POST", path(her.ID), url.Values{"form_token": {token}})
	if r := p.send("POST", path(mine.ID), url.Values{"form_token": {other.token(path(her.ID))}}); r.StatusCode != 403 {
		t.Errorf("the form of another account: %d", r.StatusCode)
	}
	for _, id := range []string{a.ID, b.ID} {
		if all, _, err := s.App.Accounts.Hindrances(t.Context(), id); err != nil || len(all) != 1 {
			t.Errorf("bindings: %v, %v", all, err)
		}
	}
	for range 2 { // the second tab finds it released
		if r := p.send("POST", path(mine.ID), url.Values{"form_token": {token}}); r.Header.Get("Location") != "/settings/bindings" {
			t.Errorf("released with %d", r.StatusCode)
		}
	}
	if r := p.get("/settings/bindings"); !strings.Contains(r.body, "released before") {
		t.Error("the second tab is not told")
	}
}
