// Package device says what a request's headers tell of the device that it came
// from. They tell its kind, its system, and the browser or program. Callers
// write those headers as they like, so everything here is a guess, short and
// harmless to show.
package device

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mileusna/useragent"
)

// The kinds.
const (
	aDesktop = "desktop"
	aPhone   = "phone"
	aTablet  = "tablet"
)

// Facts are what the headers tell; a part is empty when nothing does.
type Facts struct {
	Kind   string // one of the kinds, "" when no header says anything
	System string // "Windows 11", "Android 14"
	Client string // the browser or native program: "Google Chrome 124"
}

// The longest headers that are read. Of a longer User-Agent the beginning says
// enough; a longer hint is no hint.
const (
	maxAgent = 512
	maxHint  = 512
	maxShown = 60 // characters of what is kept
)

// Guess reads the headers, which get gives by name. Hints go before the
// User-Agent, which browsers have frozen.
func Guess(get func(name string) string) Facts {
	agent := get("User-Agent")
	if len(agent) > maxAgent {
		agent = agent[:maxAgent]
	}
	ua := useragent.Parse(agent)
	h := hints{get}
	platform := h.text("Sec-CH-UA-Platform")
	out := Facts{Kind: kindOf(h, platform, ua), System: h.system(platform), Client: knownClient(agent)}
	if out.System == "" {
		out.System = join(ua.OS, ua.OSVersion)
	}
	if out.Client == "" {
		out.Client = h.brand()
	}
	if out.Client == "" && ua.Name != "" {
		version, _, _ := strings.Cut(ua.Version, ".")
		out.Client = join(ua.Name, version)
	}
	out.System, out.Client = clean(out.System), clean(out.Client)
	return out
}

func kindOf(h hints, platform string, ua useragent.UserAgent) string {
	for _, form := range h.list("Sec-CH-UA-Form-Factors") {
		switch form.value {
		case "Tablet":
			return aTablet
		case "Mobile":
			return aPhone
		case "Desktop":
			return aDesktop
		}
	}
	mobile, said := h.flag("Sec-CH-UA-Mobile")
	switch {
	case said && mobile:
		return aPhone
	case ua.Tablet, said && platform == "Android":
		return aTablet
	case ua.Mobile:
		return aPhone
	case said, ua.Desktop, ua.OS == useragent.Windows, ua.OS == useragent.MacOS, ua.OS == useragent.Linux:
		return aDesktop
	case ua.OS == useragent.Android, ua.OS == useragent.IOS:
		return aPhone
	}
	return ""
}

// knownClient finds the apps that carry a browser inside, and whose hints name
// only the browser.
func knownClient(agent string) string {
	for _, c := range []struct{ mark, name string }{
		{"wxwork/", "WeCom"}, {"MicroMessenger/", "WeChat"}, {"DingTalk/", "DingTalk"}, {"Lark/", "Feishu"}, {"Feishu/", "Feishu"},
	} {
		if strings.Contains(agent, c.mark) {
			return c.name
		}
	}
	return ""
}

func join(name, version string) string { return strings.TrimSpace(name + " " + version) }

// clean makes what strangers wrote fit to be shown in a list.
func clean(s string) string {
	if !utf8.ValidString(s) {
		return ""
	}
	s = strings.TrimSpace(strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s))
	if utf8.RuneCountInString(s) > maxShown {
		s = string([]rune(s)[:maxShown])
	}
	return s
}
