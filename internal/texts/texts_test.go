package texts_test

import (
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/texts"
)

// loaded gives the real catalogue, and fails the test on a missing key.
func loaded(t *testing.T) *texts.Catalogue {
	t.Helper()
	c, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	c.Missing = func(lang, key string) { t.Errorf("no text for %s in %s", key, lang) }
	return c
}

func TestTextFillsPlaceholders(t *testing.T) {
	c := loaded(t)
	for _, tc := range []struct {
		lang, key string
		args      map[string]any
		want      string
	}{
		{"en", "fault.too_long", map[string]any{"max": 1}, "This must be at most 1 character long."},
		{"en", "fault.too_long", map[string]any{"max": 20}, "This must be at most 20 characters long."},
		{"en", "fault.too_long", map[string]any{"Max": 20}, "This must be at most 20 characters long."},
		{"zh-CN", "fault.too_long", map[string]any{"max": 20}, "此项不得超过 20 个字符。"},
		{"en", "fault.wrong_type", map[string]any{"expected": texts.Key("type.integer")}, "This must be a whole number."},
		{"zh-CN", "fault.wrong_type", map[string]any{"expected": texts.Key("type.integer")}, "此项必须为整数。"},
		{"en", "fault.not_in_list", map[string]any{"allowed": []string{"a", "b"}}, "This must be one of: a, b."},
		{"zh-CN", "fault.not_in_list", map[string]any{"allowed": []string{"a", "b"}}, "此项必须为以下之一：a、b。"},
		{"fr", "fault.required", nil, "This is required."},
	} {
		if got := c.Text(tc.lang, tc.key, tc.args); got != tc.want {
			t.Errorf("%s %s %v: got %q, want %q", tc.lang, tc.key, tc.args, got, tc.want)
		}
	}
}

func TestDurationsAreWordsAndRoundUp(t *testing.T) {
	c := loaded(t)
	for _, tc := range []struct {
		lang string
		d    time.Duration
		want string
	}{
		{"en", 1500 * time.Millisecond, "Too many requests. Please try again in 2 seconds."},
		{"en", time.Second, "Too many requests. Please try again in 1 second."},
		{"en", 90 * time.Minute, "Too many requests. Please try again in 1 hour 30 minutes."},
		{"zh-CN", 61 * time.Second, "请求过于频繁，请在 1 分钟 1 秒后重试。"},
	} {
		got := c.Text(tc.lang, "fault.rate_limited", map[string]any{"retry_after": tc.d})
		if got != tc.want {
			t.Errorf("%s %v: got %q, want %q", tc.lang, tc.d, got, tc.want)
		}
	}
}

func TestMissingKeyIsReportedAndFallsBackToTheKey(t *testing.T) {
	c := loaded(t)
	var heard []string
	c.Missing = func(lang, key string) { heard = append(heard, lang+" "+key) }
	if got := c.Text("zh-CN", "no.such.key", nil); got != "no.such.key" {
		t.Errorf("got %q", got)
	}
	if len(heard) != 1 || heard[0] != "zh-CN no.such.key" {
		t.Errorf("heard %v", heard)
	}
}

func TestFaultHidesInternalErrors(t *testing.T) {
	c := loaded(t)
	secret := fault.New(fault.Internal, "disk_full", "path", "/var/secret")
	if got, want := c.Fault("en", secret), c.Text("en", "fault.internal", nil); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := c.Fault("zh-CN", fault.New(fault.NotFound, "not_found")); got != "内容不存在，或您无权查看。" {
		t.Errorf("got %q", got)
	}
}

func TestMatch(t *testing.T) {
	c := loaded(t)
	for header, want := range map[string]string{
		"":                                "en",
		"zh":                              "zh-CN",
		"zh-CN,zh;q=0.9,en;q=0.8":         "zh-CN",
		"zh-Hans-SG":                      "zh-CN",
		"zh-TW":                           "zh-CN",
		"zh-HK, en;q=0.1":                 "zh-CN",
		"en-GB,en;q=0.5":                  "en",
		"fr-FR, zh;q=0.5":                 "zh-CN",
		"de":                              "en",
		"*":                               "en",
		"en;q=0.2, zh;q=0.9":              "zh-CN",
		"not a header; at all ==":         "en",
		"x-" + string(make([]byte, 5000)): "en",
	} {
		if got := c.Match(header); got != want {
			t.Errorf("Match(%q) = %s, want %s", header, got, want)
		}
	}
	c.Default = "zh-CN"
	for header, want := range map[string]string{"": "zh-CN", "de": "zh-CN", "en": "en"} {
		if got := c.Match(header); got != want {
			t.Errorf("with Chinese as default, Match(%q) = %s, want %s", header, got, want)
		}
	}
}

// What one user of the catalogue sets is not set for the others, though all read
// the same texts.
func TestEveryCatalogueHasItsOwnSettings(t *testing.T) {
	one, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	one.Default = "zh-CN"
	one.Missing = func(string, string) { t.Error("heard of another catalogue's text") }
	other, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	other.Text("", "no such text", nil)
	if got := other.Match(""); got != "en" {
		t.Errorf("its default is %s", got)
	}
}
