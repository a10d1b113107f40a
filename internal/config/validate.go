package config

import (
	"net"
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/language"
)

// checker collects what is wrong.
type checker struct{ wrong []fault.Field }

func (c *checker) fail(path, code string, args ...any) {
	c.wrong = append(c.wrong, fault.Field{Path: path, Code: code, Args: fault.Pairs(args...)})
}

func (c *checker) oneOf(path, value string, allowed ...string) {
	if !slices.Contains(allowed, value) {
		c.fail(path, "not_in_list", "allowed", allowed)
	}
}

func (c *checker) required(path, value string) bool {
	if value == "" {
		c.fail(path, "required")
	}
	return value != ""
}

func (c *checker) address(path, value string) {
	if _, port, err := net.SplitHostPort(value); err != nil || port == "" {
		c.fail(path, "config_address")
	}
}

// webURL checks an absolute URL that others can be built upon.
func (c *checker) webURL(path, value string) {
	u, err := url.Parse(value)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil ||
		u.RawQuery != "" || u.Fragment != "" || strings.HasSuffix(value, "/") {
		c.fail(path, "config_url")
	}
}

// validate says everything that is wrong with the settings at once, as the fields
// of a "config_invalid". It opens no file and asks nobody.
func (c Config) validate() error {
	var check checker
	check.address("listen", c.Listen)
	if c.MetricsListen != "" {
		check.address("metrics_listen", c.MetricsListen)
		if c.MetricsListen == c.Listen && !strings.HasSuffix(c.Listen, ":0") {
			check.fail("metrics_listen", "config_same_address")
		}
	}
	check.webURL("public_url", c.PublicURL)
	if strings.ContainsAny(c.Issuer, " +\t\n") { // it is the name of a signed note (golang.org/x/mod/sumdb/note)
		check.fail("issuer", "config_issuer")
	}
	check.required("data_dir", c.DataDir)
	check.dsn("database.dsn", c.Database.DSN.Reveal())
	check.oneOf("language", c.Language, language.All()...)
	check.oneOf("log.level", c.Log.Level, "debug", "info", "warn", "error")
	check.oneOf("log.format", c.Log.Format, "text", "json")
	if c.OTLPEndpoint != "" {
		check.webURL("otlp_endpoint", c.OTLPEndpoint)
	}
	check.required("default_policy", c.DefaultPolicy)
	c.Mail.validate(&check)
	c.SMS.validate(&check)
	c.Erasure.validate(&check)
	c.Session.validate(&check)
	c.SignOut.validate(&check)
	c.Work.validate(&check)
	check.oneOf("registration", c.Registration, "open", "closed")
	if c.Password.MinLength < 8 || c.Password.MinLength > 64 {
		check.fail("password.min_length", "config_between", "min", 8, "max", 64)
	}
	if c.Password.AgeReminder < 0 {
		check.fail("password.age_reminder", "config_duration")
	}
	check.burst("guessing.account_burst", c.Guessing.AccountBurst, c.Guessing.PerAccount)
	check.burst("guessing.address_burst", c.Guessing.AddressBurst, c.Guessing.PerAddress)
	check.apps(c.Apps)
	check.holders(c.Holders)
	if _, err := c.Proxies(); err != nil {
		check.fail("trusted_proxies", "config_networks")
	}
	if len(check.wrong) > 0 {
		return invalid(check.wrong...)
	}
	return nil
}

func (c *checker) dsn(path, dsn string) {
	for _, scheme := range []string{"sqlite:", "postgres://", "postgresql://"} {
		if strings.HasPrefix(dsn, scheme) && len(dsn) > len(scheme) {
			return
		}
	}
	if dsn != "" {
		c.fail(path, "config_dsn")
	}
}

// burst checks that there is a guess at all, and one fewer in a row than in a day.
func (c *checker) burst(path string, burst, day int) {
	if burst < 1 || burst >= day {
		c.fail(path, "config_between", "min", 1, "max", day-1)
	}
}

func (m Mail) validate(check *checker) {
	check.oneOf("mail.transport", m.Transport, "log", "smtp")
	check.oneOf("mail.tls", m.TLS, "starttls", "tls", "none")
	if m.Port < 1 || m.Port > 65535 {
		check.fail("mail.port", "config_port")
	}
	if m.Transport != "smtp" {
		return
	}
	check.required("mail.host", m.Host)
	if check.required("mail.from", m.From) {
		if _, err := mail.ParseAddress(m.From); err != nil {
			check.fail("mail.from", "config_sender")
		}
	}
	if (m.User == "") != (m.PasswordFile == "") {
		check.fail("mail.password_file", "config_user_and_password")
	}
	if m.TLS == "none" && !local(m.Host) {
		check.fail("mail.tls", "config_mail_in_clear")
	}
}

// localURL says whether a URL is of this machine.
func localURL(value string) bool {
	u, err := url.Parse(value)
	return err == nil && local(u.Hostname())
}

// local says whether a host is this machine.
func local(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (e Erasure) validate(check *checker) {
	if e.Workers < 1 || e.Workers > 1000 {
		check.fail("erasure.workers", "config_workers")
	}
	if e.TryTimeout <= 0 {
		check.fail("erasure.try_timeout", "config_duration")
	}
	if e.BackoffMin <= 0 {
		check.fail("erasure.backoff_min", "config_duration")
	}
	if e.BackoffMax < e.BackoffMin {
		check.fail("erasure.backoff_max", "config_not_shorter", "other", "erasure.backoff_min")
	}
}

var holderName = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,62}$`)

func (c *checker) holders(list []Holder) {
	names := map[string]bool{}
	for i, h := range list {
		at := item("holders", i) + "."
		if !holderName.MatchString(h.Name) {
			c.fail(at+"name", "config_holder_name")
		} else if names[h.Name] {
			c.fail(at+"name", "config_holder_twice")
		}
		names[h.Name] = true
		c.oneOf(at+"kind", h.Kind, "sqldb", "blob")
		switch h.Kind {
		case "sqldb":
			c.required(at+"mapping", h.Mapping)
			c.dsn(at+"dsn", h.DSN.Reveal())
			c.none(at+"bucket", "sqldb", h.Bucket)
			c.none(at+"prefix", "sqldb", h.Prefix)
			c.none(at+"organisation_prefix", "sqldb", h.OrganisationPrefix)
		case "blob":
			c.required(at+"bucket", h.Bucket)
			c.none(at+"mapping", "blob", h.Mapping)
			c.none(at+"dsn", "blob", h.DSN.Reveal())
			c.none(at+"dsn_file", "blob", h.DSNFile)
		}
	}
}

// none refuses a setting that a kind of holder does not have: somebody thinks
// that it does something.
func (c *checker) none(path, kind, value string) {
	if value != "" {
		c.fail(path, "config_not_for_kind", "kind", kind)
	}
}
