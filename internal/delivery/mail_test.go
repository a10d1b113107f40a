package delivery_test

import (
	"context"
	"crypto/tls"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/delivery"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/texts"
)

const address = "wang.wei@example.cn"

func sender(t *testing.T, transport delivery.Transport) *delivery.Sender {
	t.Helper()
	catalogue, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	catalogue.Missing = func(lang, key string) { t.Errorf("no text for %s in %s", key, lang) }
	return &delivery.Sender{Transport: transport, Texts: catalogue, From: "Signoff 注销 <no-reply@id.example.com>"}
}

func mailTo(s *smtpServer, protection string) *delivery.Mail {
	return &delivery.Mail{Host: s.host, Port: s.port, Protection: protection,
		TLSConfig: &tls.Config{RootCAs: s.roots, ServerName: "127.0.0.1", MinVersion: tls.VersionTLS12},
		Now:       func() time.Time { return time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC) }}
}

func rejected(locale string) delivery.Notice {
	return delivery.Notice{ID: "0195-id", Kind: "closure_rejected", Locale: locale, Address: address,
		Args: map[string]string{"reason": "税务注销证明缺失"}}
}

// opened gives a mail's headers and its words.
func opened(t *testing.T, data string) (netmail.Header, string) {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("content type %s, %v", kind, err)
	}
	part, err := multipart.NewReader(m.Body, params["boundary"]).NextPart()
	if err != nil || !strings.HasPrefix(part.Header.Get("Content-Type"), "text/plain") {
		t.Fatalf("the first part: %v, %v", part.Header, err)
	}
	text, err := io.ReadAll(part)
	if err != nil {
		t.Fatal(err)
	}
	return m.Header, strings.ReplaceAll(string(text), "\r\n", "\n")
}

func TestMailArrivesInThePersonsLanguage(t *testing.T) {
	server := startSMTP(t, manner{})
	s := sender(t, mailTo(server, delivery.NoTLS))
	for _, tc := range []struct{ locale, subject, words string }{
		{"zh-CN", "您的账号注销未通过审核", "原因：税务注销证明缺失"},
		{"en", "The closure of your account has been rejected", "Reason: 税务注销证明缺失"},
	} {
		if err := s.Send(t.Context(), rejected(tc.locale)); err != nil {
			t.Fatal(err)
		}
		all := server.taken()
		got := all[len(all)-1]
		header, text := opened(t, got.data)
		subject, err := new(mime.WordDecoder).DecodeHeader(header.Get("Subject"))
		if err != nil || subject != tc.subject || !strings.Contains(text, tc.words) {
			t.Errorf("%s: %q %v %q", tc.locale, subject, err, text)
		}
		if !strings.Contains(got.from, "<no-reply@id.example.com>") || !strings.Contains(got.to, "<"+address+">") {
			t.Errorf("envelope %s %s", got.from, got.to)
		}
		for name, want := range map[string]string{
			"Message-ID": "<0195-id@id.example.com>", "Content-Language": tc.locale,
			"Auto-Submitted": "auto-generated", "Date": "Wed, 04 Mar 2026 05:06:07 +0000",
		} {
			if header.Get(name) != want {
				t.Errorf("%s: %s is %q", tc.locale, name, header.Get(name))
			}
		}
	}
}

func TestMailIsEncryptedAndAuthenticated(t *testing.T) {
	for _, protection := range []string{delivery.StartTLS, delivery.TLS} {
		server := startSMTP(t, manner{secret: "\x00signoff\x00hunter2", startTLS: protection == delivery.StartTLS, smtps: protection == delivery.TLS})
		m := mailTo(server, protection)
		m.User, m.Password = "signoff", "hunter2"
		if err := sender(t, m).Send(t.Context(), rejected("en")); err != nil {
			t.Fatal(err)
		}
		if got := server.taken(); len(got) != 1 || !got[0].encrypted || got[0].user != "signoff" {
			t.Errorf("%s: got %+v", protection, got)
		}
	}
}

func TestMailNeverGoesInClearUnlessTold(t *testing.T) {
	server := startSMTP(t, manner{}) // offers no STARTTLS
	err := sender(t, mailTo(server, delivery.StartTLS)).Send(t.Context(), rejected("en"))
	if !fault.Is(err, "notice_failed") || len(server.taken()) != 0 {
		t.Errorf("got %v and %d mails", err, len(server.taken()))
	}
}

func TestFailuresAreFinalOnlyWhenTryingAgainIsUseless(t *testing.T) {
	for _, tc := range []struct {
		name, verb, answer string
		permanent          bool
		status             string
	}{
		{"no such mailbox", "RCPT", "550 5.1.1 " + address + " unknown", true, "550 5.1.1"},
		{"refused content", "END", "554 5.7.1 no thanks, " + address, true, "554 5.7.1"},
		{"greylisted", "RCPT", "451 4.7.1 " + address + ": later", false, "451 4.7.1"},
		{"full disk", "END", "452 4.3.1 full", false, "452 4.3.1"},
		{"our sender is refused", "MAIL", "550 5.7.1 no", false, "550 5.7.1"},
		{"busy", "CONNECT", "421 4.3.2 busy", false, "connection"},
	} {
		server := startSMTP(t, manner{answers: map[string]string{tc.verb: tc.answer}})
		err := sender(t, mailTo(server, delivery.NoTLS)).Send(t.Context(), rejected("en"))
		if err == nil || delivery.Permanent(err) != tc.permanent {
			t.Errorf("%s: got %v", tc.name, err)
			continue
		}
		if got := fault.Of(err).Args["status"]; got != tc.status {
			t.Errorf("%s: status %q", tc.name, got)
		}
		if strings.Contains(err.Error(), "wang") {
			t.Errorf("%s: the address is in the error: %v", tc.name, err)
		}
	}
}

func TestWrongPasswordIsNotThePersonsFault(t *testing.T) {
	server := startSMTP(t, manner{secret: "\x00signoff\x00hunter2", startTLS: true})
	m := mailTo(server, delivery.StartTLS)
	m.User, m.Password = "signoff", "wrong-secret"
	err := sender(t, m).Send(t.Context(), rejected("en"))
	if !fault.Is(err, "notice_failed") || delivery.Permanent(err) || strings.Contains(err.Error(), "wrong-secret") {
		t.Errorf("got %v", err)
	}
}

func TestServerThatIsAwayIsTriedAgain(t *testing.T) {
	server := startSMTP(t, manner{})
	m := mailTo(server, delivery.NoTLS)
	m.Port = 1
	if err := sender(t, m).Send(t.Context(), rejected("en")); !fault.Is(err, "notice_failed") || delivery.Permanent(err) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := sender(t, mailTo(server, delivery.NoTLS)).Send(ctx, rejected("en")); err == nil || delivery.Permanent(err) {
		t.Errorf("got %v", err)
	}
}

func TestTakenIsTakenEvenIfTheServerHangsUp(t *testing.T) {
	server := startSMTP(t, manner{hangUp: true})
	if err := sender(t, mailTo(server, delivery.NoTLS)).Send(t.Context(), rejected("en")); err != nil || len(server.taken()) != 1 {
		t.Errorf("got %v and %d mails", err, len(server.taken()))
	}
}

func TestAddressesThatAreNone(t *testing.T) {
	server := startSMTP(t, manner{})
	s := sender(t, mailTo(server, delivery.NoTLS))
	for _, to := range []string{"", "+8613800138000", "a@b\r\nRCPT TO:<c@d>", "two@a.cn, three@a.cn"} {
		n := rejected("en")
		n.Address = to
		err := s.Send(t.Context(), n)
		if !delivery.Permanent(err) || to != "" && strings.Contains(err.Error(), to) {
			t.Errorf("%q: got %v", to, err)
		}
	}
	if len(server.taken()) != 0 {
		t.Error("something was sent")
	}
}

func TestLogSaysNothingPersonal(t *testing.T) {
	var out strings.Builder
	s := sender(t, delivery.Log{Log: slog.New(slog.NewTextHandler(&out, nil))})
	if err := s.Send(t.Context(), rejected("zh-CN")); err != nil {
		t.Fatal(err)
	}
	got := out.String()
	if !strings.Contains(got, "notice=0195-id kind=closure_rejected locale=zh-CN") {
		t.Errorf("got %s", got)
	}
	if strings.Contains(got, address) || strings.Contains(got, "税务") || strings.Contains(got, "注销") {
		t.Errorf("personal: %s", got)
	}
}
