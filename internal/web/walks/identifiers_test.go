package walks

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/web/webtest"
)

func TestSomebodyChangesAddresses(t *testing.T) {
	t.Parallel()
	s := open(t)
	for i, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			a, who := s.Person()
			fresh := "second" + string(rune('a'+i)) + "@example.com"
			w := signIn(s.window(t, look), who)
			w.Go("/settings/security").Press(word(w, "邮箱、手机号和用户名", "E-mail, mobile number and user name")).At("/settings/identifiers")
			w.Sees(who+"@example.com", word(w, "未验证", "Not verified")).Check("identifiers")

			w.Press(word(w, "验证 "+who+"@example.com", "Verify "+who+"@example.com")).At("/settings/identifiers/add").Check("verify-own")
			w.Press(word(w, "发送验证码", "Send code")).Sees(who + "@example.com").Check("code")
			w.Type("code", s.Code(a.ID)).Press(word(w, "验证", "Verify")).At("/settings/identifiers").Sees(word(w, "已验证", "Verified"))

			s.Clock.Advance(2 * time.Minute) // codes come one after the other
			w.Press(word(w, "添加邮箱或手机号", "Add an address or number")).Type("value", "somebody").Press(word(w, "发送验证码", "Send code"))
			w.At("/settings/identifiers/add").Sees(word(w, "请使用邮箱或手机号", "use an e-mail address")).Check("no-address")
			w.Type("value", fresh).Press(word(w, "发送验证码", "Send code")).Sees(fresh)
			code := s.Code(a.ID)
			w.Type("code", wrongCode(code)).Press(word(w, "验证", "Verify"))
			refusedAs(w, "code_wrong")
			w.Sees(fresh).Check("wrong-code")
			w.Press(word(w, "重新发送验证码", "Send another code"))
			refusedAs(w, "too_many_codes")
			w.Type("code", code).Press(word(w, "验证", "Verify")).At("/settings/identifiers").Sees(fresh).Check("added")
			s.SignIn(fresh)

			remove := word(w, "移除 "+fresh, "Remove "+fresh)
			w.Press(remove).At("/settings/identifiers/remove").Check("ask-remove")
			if at := webtest.Eval[string](w, `location.href`); strings.Contains(at, "second") || strings.Contains(at, "%40") {
				t.Errorf("the address stands in %s", at)
			}
			w.Press(word(w, "移除", "Remove")).At("/settings/identifiers").SeesNot(fresh)
			w.Press(word(w, "移除 "+who+"@example.com", "Remove "+who+"@example.com")).Sees(word(w, "没有其他已验证", "no verified address")).Check("unreachable")
			w.Press(word(w, "移除", "Remove")).At("/settings/identifiers").Sees(word(w, "最后一项不能移除", "the last one cannot")).Check("last")
			if left, err := s.App.Accounts.Get(t.Context(), a.ID); err != nil || len(left.Identifiers) != 1 {
				t.Errorf("left: %v, %v", left.Identifiers, err)
			}
		})
	}
}

// wrongCode is another code of the same shape.
func wrongCode(code string) string {
	if code[0] == '0' {
		return "1" + code[1:]
	}
	return "0" + code[1:]
}

func TestAddressesAreOnesOwn(t *testing.T) {
	t.Parallel()
	s := open(t)
	a, who := s.Person()
	b, hers := s.Person()
	p, other := s.plain(t), s.plain(t)
	p.signIn(who)
	other.signIn(hers)
	token := p.token("/settings/identifiers/add")
	add := func(value string) answer {
		return p.send("POST", "/settings/identifiers/add", url.Values{"form_token": {token}, "value": {value}})
	}
	// A taken address is answered like a free one, and its owner is told.
	taken := add(hers + "@example.com")
	s.Clock.Advance(2 * time.Minute)
	free := add("nobody@example.com")
	plain := func(r answer, value string) string { return strings.ReplaceAll(r.body, value, "") }
	if taken.StatusCode != 200 || plain(taken, hers+"@example.com") != plain(free, "nobody@example.com") {
		t.Errorf("a taken address is answered with %d, a free one with %d", taken.StatusCode, free.StatusCode)
	}
	// Her handle is worth nothing to him, nor is her form.
	her := handleOf(t, other.get("/settings/identifiers"))
	if r := p.get("/settings/identifiers/remove?which=" + her); r.Header.Get("Location") != "/settings/identifiers" {
		t.Errorf("her address on his page: %d", r.StatusCode)
	}
	if r := p.send("POST", "/settings/identifiers/remove", url.Values{"form_token": {token}, "which": {her}}); r.StatusCode != 303 {
		t.Errorf("her address removed by him: %d", r.StatusCode)
	}
	foreign := other.token("/settings/identifiers/add")
	if r := p.send("POST", "/settings/identifiers/remove", url.Values{"form_token": {foreign}, "which": {her}}); r.StatusCode != 403 {
		t.Errorf("by her form: %d", r.StatusCode)
	}
	// A second tab finds the name gone, and the last one stays.
	mine := handleOf(t, p.get("/settings/identifiers"))
	for range 2 {
		if r := p.send("POST", "/settings/identifiers/remove", url.Values{"form_token": {token}, "which": {mine}}); r.Header.Get("Location") != "/settings/identifiers" {
			t.Errorf("removed with %d", r.StatusCode)
		}
	}
	if r := p.get("/settings/identifiers"); !strings.Contains(r.body, "removed before") {
		t.Error("the second tab is not told")
	}
	if r := p.get("/settings/identifiers/add"); r.StatusCode != 200 {
		t.Errorf("with a fresh proof: %d", r.StatusCode)
	}
	s.Clock.Advance(time.Hour)
	for _, path := range []string{"/settings/identifiers/add", "/settings/identifiers/remove"} {
		if r := p.send("POST", path, url.Values{"form_token": {token}, "value": {"late@example.com"}, "which": {mine}}); !strings.HasPrefix(r.Header.Get("Location"), "/prove?") {
			t.Errorf("%s without a fresh proof: %d", path, r.StatusCode)
		}
	}
	for id, want := range map[string]int{a.ID: 1, b.ID: 2} {
		if got, err := s.App.Accounts.Get(t.Context(), id); err != nil || len(got.Identifiers) != want {
			t.Errorf("%v, %v", got.Identifiers, err)
		}
	}
}

// handleOf gives the handle of the first name that a page offers to remove.
func handleOf(t *testing.T, r answer) string {
	t.Helper()
	_, rest, ok := strings.Cut(r.body, "/settings/identifiers/remove?which=")
	handle, _, ok2 := strings.Cut(rest, `"`)
	if !ok || !ok2 {
		t.Fatalf("nothing to remove on a page of %d", r.StatusCode)
	}
	return handle
}

// The last name stays, also when a page of before it was the last one is sent.
func TestTheLastNameStays(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.verified("lonely")
	p := s.plain(t)
	p.signIn("lonely@example.com")
	first := p.get("/settings/identifiers")
	if strings.Contains(first.body, "/settings/identifiers/remove") {
		t.Error("the last name is offered to be removed")
	}
	a, err := s.App.Accounts.Find(t.Context(), "lonely@example.com")
	s.Must(err)
	_, err = s.App.Accounts.AddIdentifier(t.Context(), app.Actor(), a.ID, identity.Identifier{Kind: identity.Username, Value: "lonely"})
	s.Must(err)
	handle := handleOf(t, p.get("/settings/identifiers"))
	token := p.token("/settings/identifiers/remove?which=" + handle)
	left, err := s.App.Accounts.Get(t.Context(), a.ID)
	s.Must(err)
	for _, id := range left.Identifiers[1:] {
		s.Must(s.App.Accounts.RemoveIdentifier(t.Context(), app.Actor(), a.ID, id))
	}
	r := p.send("POST", "/settings/identifiers/remove", url.Values{"form_token": {token}, "which": {handle}})
	if r.StatusCode != 409 || !strings.Contains(r.body, `data-code="identifier_last"`) {
		t.Errorf("the last name is removed with %d", r.StatusCode)
	}
}
