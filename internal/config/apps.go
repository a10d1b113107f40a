package config

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/signoff-id/signoff/internal/web/asset"
)

// App is one app of the platform, as the home page shows it.
type App struct {
	ID           string  `key:"id" doc:"A name of your own for it: the one that its sessions carry, so that people are offered to continue where they were."`
	Name         AppName `key:"name"`
	URL          string  `key:"url" doc:"Where it is: https, http on this machine, or a path of this site such as /help."`
	Icon         string  `key:"icon" doc:"One of the icons that ship, such as users, message, file-text, building or chart-bar. Empty: apps."`
	Organisation string  `key:"organisation" doc:"Id of an organisation whose members alone see it. Empty: everybody does."`
}

// AppName is what an app is called in each language.
type AppName struct {
	Chinese string `key:"zh-CN" doc:"What it is called in Chinese."`
	English string `key:"en" doc:"What it is called in English."`
}

var appID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

func (c *checker) apps(list []App) {
	ids := map[string]bool{}
	for i, a := range list {
		at := item("apps", i) + "."
		if !appID.MatchString(a.ID) {
			c.fail(at+"id", "config_app_id")
		} else if ids[a.ID] {
			c.fail(at+"id", "config_app_twice")
		}
		ids[a.ID] = true
		c.required(at+"name.zh-CN", a.Name.Chinese)
		c.required(at+"name.en", a.Name.English)
		if !appURL(a.URL) {
			c.fail(at+"url", "config_app_url")
		}
		if a.Icon != "" && !asset.HasIcon(a.Icon) {
			c.fail(at+"icon", "config_app_icon")
		}
	}
}

// appURL says whether people may be led to an address: over TLS, on this machine,
// or on this site.
func appURL(value string) bool {
	u, err := url.Parse(value)
	if err != nil || u.User != nil || strings.ContainsAny(value, "\\ \t\r\n") {
		return false
	}
	if u.Scheme == "" {
		return u.Host == "" && strings.HasPrefix(u.Path, "/") && !strings.HasPrefix(value, "//")
	}
	return u.Host != "" && (u.Scheme == "https" || u.Scheme == "http" && local(u.Hostname()))
}
