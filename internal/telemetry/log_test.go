package telemetry_test

import (
	"errors"
	"log/slog"
	"net/netip"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/telemetry"
)

func logger(t *testing.T, level, format string) (*slog.Logger, *strings.Builder) {
	t.Helper()
	var out strings.Builder
	l, err := telemetry.NewLogger(&out, level, format)
	if err != nil {
		t.Fatal(err)
	}
	return l, &out
}

func TestPrivateAttributesAreHidden(t *testing.T) {
	for _, format := range []string{"text", "json"} {
		l, out := logger(t, "info", format)
		for _, key := range []string{"token", "password", "client_secret", "Authorization", "email", "mobile", "user.name",
			"idTokenHint", "display-name", "remote_ip", "dsn", "reason"} {
			l.Info("x", key, "classified")
		}
		l.With("email", "classified").WithGroup("person").Info("x", slog.Group("mobile", "number", "classified"))
		l.Info("x", "account", struct{ Name string }{"classified"}, "map", map[string]string{"a": "classified"})
		l.Info("x", "address", netip.MustParseAddr("192.0.2.1"))
		if got := out.String(); strings.Contains(got, "classified") || strings.Contains(got, "192.0.2.1") || !strings.Contains(got, telemetry.Hidden) {
			t.Errorf("%s: %s", format, got)
		}
	}
}

func TestPlainAttributesStay(t *testing.T) {
	l, out := logger(t, "info", "text")
	l.Info("closure moved", "closure", "0195-x", "state", "erasing", "holder", "crm", "attempt", 3, "account", "0195-y",
		"route", "GET /v1/accounts/{id}", "error", errors.New("goose: github.com/pressly/goose/v3@v3.29.0/up.go"), "tags", []string{"a", "b"})
	for _, want := range []string{`msg="closure moved"`, "closure=0195-x", "state=erasing", "holder=crm", "attempt=3", "account=0195-y",
		`route="GET /v1/accounts/{id}"`, "goose/v3@v3.29.0/up.go", `tags="a, b"`, "level=INFO", "time="} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in %s", want, out.String())
		}
	}
}

func TestSecretsAreRecognisedInsideText(t *testing.T) {
	for in, want := range map[string]string{
		"check of sos_0123456789abcdefABCD failed":                 "check of sos_[hidden] failed",
		"GET /closure/soc_0123456789abcdefABCD":                    "GET /closure/soc_[hidden]",
		"header Bearer abc.def-ghi_jkl":                            "header Bearer [hidden]",
		"dial postgres://signoff:hunter2@db/signoff":               "dial postgres://signoff:[hidden]@db/signoff",
		"host=db password=hunter2 user=x":                          "host=db password=[hidden] user=x",
		"550 wang.wei@example.cn unknown":                          "550 [hidden] unknown",
		"sent to +8613800138000":                                   "sent to [hidden]",
		"duplicate 13800138000 in row":                             "duplicate [hidden] in row",
		"read tcp 192.0.2.7:4711->10.0.0.1:443: reset":             "read tcp [hidden]->10.0.0.1:443: reset",
		"listening on 127.0.0.1:8080":                              "listening on 127.0.0.1:8080",
		"0195c2d0-7f3a-7e3b-9d55-8c7f5b1f2a10 at 1764000000000000": "0195c2d0-7f3a-7e3b-9d55-8c7f5b1f2a10 at 1764000000000000",
	} {
		if got := telemetry.Scrub(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
		l, out := logger(t, "info", "text")
		l.Info(in, "error", errors.New(in))
		if in != want && strings.Contains(out.String(), in) {
			t.Errorf("logged: %s", out.String())
		}
	}
}

func TestLevelsAndFormats(t *testing.T) {
	l, out := logger(t, "warn", "json")
	l.Info("quiet")
	l.Warn("loud")
	if got := out.String(); strings.Contains(got, "quiet") || !strings.HasPrefix(got, "{") {
		t.Errorf("got %s", got)
	}
	for _, bad := range [][2]string{{"loud", "text"}, {"info", "xml"}} {
		if _, err := telemetry.NewLogger(out, bad[0], bad[1]); err == nil {
			t.Errorf("%v was accepted", bad)
		}
	}
}
