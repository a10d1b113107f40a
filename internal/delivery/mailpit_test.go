package delivery_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/signoff-id/signoff/internal/delivery"
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/signal"
)

// mailpit is a real mail server with an API to read what arrived.
type mailpit struct {
	t     *testing.T
	api   string
	port  int
	roots *x509.CertPool
}

// startMailpit starts it with STARTTLS and a password demanded.
func startMailpit(t *testing.T) *mailpit {
	t.Helper()
	bin, err := filepath.Abs("../../.bin/mailpit")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(bin); err != nil {
		t.Fatalf("Mailpit is missing (%v): make test-needs builds it", err)
	}
	dir := t.TempDir()
	config, roots := certificate(t)
	key, err := x509.MarshalPKCS8PrivateKey(config.Certificates[0].PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	put := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	smtp, http := freeAddress(t), freeAddress(t)
	var log bytes.Buffer
	cmd := exec.CommandContext(t.Context(), bin, "--smtp", smtp, "--listen", http, "--database", filepath.Join(dir, "mail.db"), "--disable-version-check",
		"--smtp-require-starttls", "--smtp-auth-file", put("users", []byte("signoff:letmein\n")),
		"--smtp-tls-cert", put("cert.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: config.Certificates[0].Certificate[0]})),
		"--smtp-tls-key", put("key.pem", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key})))
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it may have ended by itself
		_ = cmd.Wait()
		if t.Failed() {
			t.Log(log.String())
		}
	})
	m := &mailpit{t: t, api: "http://" + http, roots: roots}
	if _, err := fmt.Sscanf(smtp, "127.0.0.1:%d", &m.port); err != nil {
		t.Fatal(err)
	}
	m.await(smtp)
	return m
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// await waits until both ports answer.
func (m *mailpit) await(smtp string) {
	m.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.After(time.Minute); ; {
		res, err := http.Get(m.api + "/readyz")
		if err == nil {
			res.Body.Close()
			var conn net.Conn
			if conn, err = net.Dial("tcp", smtp); err == nil {
				conn.Close()
				return
			}
		}
		select {
		case <-tick.C:
		case <-deadline:
			m.t.Fatalf("Mailpit does not answer: %v", err)
		}
	}
}

func (m *mailpit) get(path string, into any) {
	m.t.Helper()
	res, err := http.Get(m.api + "/api/v1/" + path)
	if err != nil {
		m.t.Fatal(err)
	}
	defer res.Body.Close()
	if err := json.NewDecoder(res.Body).Decode(into); err != nil || res.StatusCode != http.StatusOK {
		m.t.Fatalf("%s: %s, %v", path, res.Status, err)
	}
}

// arrived is one mail as Mailpit understands it.
type arrived struct {
	ID, MessageID, Subject, Text, HTML string
	From                               struct{ Name, Address string }
	To                                 []struct{ Address string }
	Attachments, Inline                []any
	headers                            http.Header
}

// only gives the one mail with a Message-ID.
func (m *mailpit) only(id string) (a arrived) {
	m.t.Helper()
	var found struct{ Messages []struct{ ID string } }
	m.get("search?query="+url.QueryEscape(`message-id:"`+id+`"`), &found)
	if len(found.Messages) != 1 {
		m.t.Fatalf("%d mails with the id %s", len(found.Messages), id)
	}
	m.get("message/"+found.Messages[0].ID, &a)
	m.get("message/"+found.Messages[0].ID+"/headers", &a.headers)
	return a
}

// said are the arguments of all kinds of notices.
var said = map[string]string{
	"reason": "税务注销证明缺失 <b>&", "link": "https://id.example.com/x#sol_abc-DEF", "days": "15", "conditions": "税务未注销", "certificate": "CERT-1",
	"code": "012345", "minutes": "10", "purpose": "reset_password", "factor": "passkey", "kind": "email", "device": "phone", "app": "crm",
	"cause": "password_changed", "flag": "stolen", "organisation": "签收 & Söhne", "role": "creator", "until": "2026-04-16", "what": "创建人",
}

// Every kind of notice goes through a real mail server, over TLS and with a
// password, in both languages: its headers, both of its parts, its id.
func TestEveryKindOfMailArrives(t *testing.T) {
	m := startMailpit(t)
	s := sender(t, &delivery.Mail{Host: "127.0.0.1", Port: m.port, User: "signoff", Password: "letmein", Protection: delivery.StartTLS, Now: atNoon,
		TLSConfig: &tls.Config{RootCAs: m.roots, ServerName: "127.0.0.1", MinVersion: tls.VersionTLS12}})
	for _, rule := range signal.Rules() {
		for _, lang := range language.All() {
			n := delivery.Notice{ID: "n-" + rule.Kind + "-" + lang, Kind: rule.Kind, Locale: lang, Address: address, Args: said}
			if err := s.Send(t.Context(), n); err != nil {
				t.Fatalf("%s: %v", n.ID, err)
			}
			got := m.only(n.ID + "@id.example.com")
			subject, body := s.Texts.Notice(lang, rule.Kind, said)
			if got.Subject != subject || got.From.Address != "no-reply@id.example.com" || got.From.Name != "Signoff 注销" ||
				len(got.To) != 1 || got.To[0].Address != address || len(got.Attachments)+len(got.Inline) != 0 {
				t.Errorf("%s: %+v", n.ID, got)
			}
			for name, want := range map[string]string{"Content-Language": lang, "Auto-Submitted": "auto-generated", "Message-Id": "<" + n.ID + "@id.example.com>",
				"Date": "Mon, 02 Mar 2026 12:00:00 +0000"} {
				if values := got.headers[http.CanonicalHeaderKey(name)]; !slices.Equal(values, []string{want}) {
					t.Errorf("%s: %s is %v", n.ID, name, values)
				}
			}
			if kind := got.headers.Get("Content-Type"); !strings.HasPrefix(kind, "multipart/alternative") {
				t.Errorf("%s is %s", n.ID, kind)
			}
			if plain := strings.ReplaceAll(got.Text, "\r\n", "\n"); !strings.HasPrefix(plain, body+"\n\n") {
				t.Errorf("%s: the text part reads %q, want %q", n.ID, plain, body)
			}
			words, page := readPage(t, got.HTML)
			if squeeze(words) != squeeze(subject+body+s.Texts.Text(lang, "notice.footer", nil)) {
				t.Errorf("%s: the HTML part reads %q", n.ID, words)
			}
			if page.lang != lang || page.title != subject || len(page.fetched) > 0 {
				t.Errorf("%s: %+v", n.ID, page)
			}
			if want := strings.Count(body, said["link"]); len(page.links) != want || want == 1 && page.links[0] != said["link"] {
				t.Errorf("%s links to %v", n.ID, page.links)
			}
			if strings.Contains(got.Text, "<no value>") || strings.Contains(got.Text, "{{") {
				t.Errorf("%s: %s", n.ID, got.Text)
			}
		}
	}
}

// squeeze leaves out spaces, which HTML and text have in other places.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// seen is what a page tells and asks for.
type seen struct {
	lang, title    string
	links, fetched []string
}

// readPage gives the words of a page, and what it refers to.
func readPage(t *testing.T, source string) (words string, s seen) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(source))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		switch {
		case n.Type == html.TextNode && n.Parent.Data == "title":
			s.title = n.Data
		case n.Type == html.TextNode:
			words += n.Data
		case n.Type != html.ElementNode:
		case slices.Contains([]string{"img", "link", "script", "iframe", "object", "style", "form"}, n.Data):
			s.fetched = append(s.fetched, n.Data)
		}
		for _, a := range n.Attr {
			switch {
			case n.Data == "html" && a.Key == "lang":
				s.lang = a.Val
			case n.Data == "a" && a.Key == "href":
				s.links = append(s.links, a.Val)
			case a.Key == "src" || a.Key == "background" || strings.Contains(a.Val, "url("):
				s.fetched = append(s.fetched, a.Val)
			}
		}
	}
	return words, s
}

// Words that somebody typed never become a link or a part of the page.
func TestTypedWordsStayWords(t *testing.T) {
	var got kept
	n := delivery.Notice{ID: "1", Kind: signal.SessionsEndedByAdmin, Locale: "en", Address: address,
		Args: map[string]string{"reason": "x\n\nhttps://evil.example/\n\n<img src=https://evil.example/>"}}
	if err := sender(t, &got).Send(t.Context(), n); err != nil {
		t.Fatal(err)
	}
	words, page := readPage(t, got.HTML)
	if len(page.links)+len(page.fetched) > 0 || !strings.Contains(words, "<img src=https://evil.example/>") {
		t.Errorf("links %v, fetched %v, words %q", page.links, page.fetched, words)
	}
}
