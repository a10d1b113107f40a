package device

import (
	"strconv"
	"strings"
)

// hints reads User Agent Client Hints. A hint that is no structured field is no
// hint (RFC 8941, section 4.2: the whole field is ignored).
type hints struct{ get func(string) string }

func (h hints) list(name string) []item {
	raw := h.get(name)
	if len(raw) > maxHint {
		return nil
	}
	items, _ := parseList(raw)
	return items
}

// text gives a hint that is one string.
func (h hints) text(name string) string {
	if items := h.list(name); len(items) == 1 && items[0].kind == aString {
		return items[0].value
	}
	return ""
}

// flag gives a hint that is one boolean, and whether it was sent.
func (h hints) flag(name string) (value, said bool) {
	items := h.list(name)
	if len(items) != 1 || items[0].kind != aBoolean {
		return false, false
	}
	return items[0].value == "1", true
}

// system names platform and version. Windows counts its versions by itself:
// 13 and later is Windows 11 (Microsoft, "Detect Windows 11 using User-Agent
// Client Hints").
func (h hints) system(platform string) string {
	if platform == "" || platform == "Unknown" {
		return ""
	}
	version := h.text("Sec-CH-UA-Platform-Version")
	if platform != "Windows" {
		major, _, _ := strings.Cut(version, ".")
		return join(platform, major)
	}
	first, _, _ := strings.Cut(version, ".")
	switch n, err := strconv.Atoi(first); {
	case err != nil:
		return platform
	case n >= 13:
		return "Windows 11"
	case n >= 1:
		return "Windows 10"
	default:
		return platform
	}
}

// brand names the browser: not the engine that many share, and not the brand
// that means nothing and is there to keep servers from relying on the list.
func (h hints) brand() string {
	var engine string
	for _, b := range h.list("Sec-CH-UA") {
		if b.kind != aString {
			continue
		}
		name := join(b.value, b.params["v"])
		switch {
		case strings.Contains(b.value, "Not") && strings.Contains(b.value, "Brand"):
		case b.value == "Chromium":
			engine = name
		default:
			return name
		}
	}
	return engine
}
