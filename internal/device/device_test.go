package device

import (
	"net/http"
	"strings"
	"testing"
)

func TestHintsAndUserAgentsNameTheDevice(t *testing.T) {
	const chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36"
	const android = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36"
	const tablet = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36"
	const iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1"
	const ipad = "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1"
	const wecom = "Mozilla/5.0 (Linux; Android 13; 22041211AC) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/108.0 Mobile Safari/537.36 wxwork/4.1.10 MicroMessenger/7.0.1"
	brands := `"Chromium";v="124", "Google Chrome";v="124", "Not-A.Brand";v="99"`
	for _, c := range []struct {
		name    string
		headers map[string]string
		want    Facts
	}{
		{"nothing", nil, Facts{}},
		{"Windows with hints", map[string]string{"User-Agent": chrome, "Sec-CH-UA": brands, "Sec-CH-UA-Mobile": "?0", "Sec-CH-UA-Platform": `"Windows"`,
			"Sec-CH-UA-Platform-Version": `"15.0.0"`}, Facts{aDesktop, "Windows 11", "Google Chrome 124"}},
		{"Windows 10 by its own counting", map[string]string{"Sec-CH-UA-Platform": `"Windows"`, "Sec-CH-UA-Mobile": "?0", "Sec-CH-UA-Platform-Version": `"10.0.0"`},
			Facts{aDesktop, "Windows 10", ""}},
		{"a phone with hints", map[string]string{"User-Agent": android, "Sec-CH-UA": brands, "Sec-CH-UA-Mobile": "?1", "Sec-CH-UA-Platform": `"Android"`,
			"Sec-CH-UA-Platform-Version": `"14.0.0"`}, Facts{aPhone, "Android 14", "Google Chrome 124"}},
		{"a tablet with hints", map[string]string{"User-Agent": tablet, "Sec-CH-UA-Mobile": "?0", "Sec-CH-UA-Platform": `"Android"`}, Facts{aTablet, "Android", "Chrome 124"}},
		{"a form factor goes first", map[string]string{"User-Agent": chrome, "Sec-CH-UA-Form-Factors": `"Tablet"`}, Facts{aTablet, "Windows 10.0", "Chrome 124"}},
		{"an iPhone", map[string]string{"User-Agent": iphone}, Facts{aPhone, "iOS 17.4", "Safari 17"}},
		{"an iPad", map[string]string{"User-Agent": ipad}, Facts{aTablet, "iOS 16.6", "Safari 16"}},
		{"WeCom's own browser", map[string]string{"User-Agent": wecom}, Facts{aPhone, "Android 13", "WeCom"}},
		{"only the engine is named", map[string]string{"Sec-CH-UA": `"Not?A_Brand";v="8", "Chromium";v="120"`}, Facts{"", "", "Chromium 120"}},
		{"a broken hint is no hint", map[string]string{"User-Agent": iphone, "Sec-CH-UA-Platform": `"Windows`, "Sec-CH-UA": `"A";v=`}, Facts{aPhone, "iOS 17.4", "Safari 17"}},
		{"a huge hint is no hint", map[string]string{"Sec-CH-UA-Platform": `"` + strings.Repeat("x", 10_000) + `"`}, Facts{}},
	} {
		h := http.Header{}
		for k, v := range c.headers {
			h.Set(k, v)
		}
		if got := Guess(h.Get); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestStructuredFieldsAreReadAsTheRFCSays(t *testing.T) {
	for _, c := range []struct {
		raw  string
		want int
	}{{``, 0}, {`"a"`, 1}, {` "a" , "b" `, 2}, {`?1`, 1}, {`tok;x;y=2`, 1}, {`1.5`, 1}, {`"a\"b\\"`, 1}} {
		if items, ok := parseList(c.raw); !ok || len(items) != c.want {
			t.Errorf("%q: %d items, %v; want %d", c.raw, len(items), ok, c.want)
		}
	}
	for _, raw := range []string{`"a`, `"a" "b"`, `"a",`, `,`, `?2`, `?`, `"a\x"`, "\"\x01\"", `"é"`, `("a" "b")`, `:YQ==:`, `"a";`, `"a";B=1`, `"a";b=`, strings.Repeat(`a,`, 40) + "a"} {
		if items, ok := parseList(raw); ok || items != nil {
			t.Errorf("%q was read as %v", raw, items)
		}
	}
	items, _ := parseList(`"a";v="1\"2";q, b`)
	if items[0].params["v"] != `1"2` || items[0].params["q"] != "1" || items[1].kind != aToken || items[1].value != "b" {
		t.Errorf("read %+v", items)
	}
}

func FuzzGuess(f *testing.F) {
	f.Add("Mozilla/5.0 (iPhone)", `"Chromium";v="124"`, `"Windows"`)
	f.Add("\x00\xff", "?1", `"\"`)
	f.Fuzz(func(t *testing.T, agent, brands, platform string) {
		got := Guess(func(name string) string {
			return map[string]string{"User-Agent": agent, "Sec-CH-UA": brands, "Sec-CH-UA-Platform": platform, "Sec-CH-UA-Platform-Version": brands}[name]
		})
		for _, s := range []string{got.System, got.Client} {
			if len([]rune(s)) > maxShown || strings.ContainsAny(s, "\x00\n\r\t") || !strings.EqualFold(s, strings.ToValidUTF8(s, "")) {
				t.Errorf("unfit to show: %q", s)
			}
		}
	})
}
