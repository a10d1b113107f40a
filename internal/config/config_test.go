package config_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/texts"
)

func written(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestDefaultsAreValid(t *testing.T) {
	c, err := config.Load(config.Sources{})
	if err != nil {
		t.Fatal(err)
	}
	if c.PublicURL != "http://127.0.0.1:8080" || c.Issuer != "" || c.MetricsListen != "" {
		t.Errorf("got %+v", c)
	}
	if c.DSN() != "sqlite:"+filepath.Join("data", "signoff.db") || c.KeysPath() != filepath.Join("data", "keys.json") {
		t.Errorf("got %s and %s", c.DSN(), c.KeysPath())
	}
}

func TestLaterSourcesWin(t *testing.T) {
	file := written(t, "signoff.yaml", `
listen: 0.0.0.0:9000
data_dir: /srv/signoff
log: {level: warn}
mail:            # nothing set
session:
  absolute_ttl: 1d12h
erasure: {workers: 3}
holders:
  - {name: crm, kind: sqldb, mapping: crm.yaml, dsn: "sqlite:crm.db"}
  - {name: documents, kind: blob, bucket: "file:///srv/documents", prefix: "people/{account}/"}
`)
	c, err := config.Load(config.Sources{
		File:    file,
		Environ: []string{"SIGNOFF_LOG_LEVEL=debug", "SIGNOFF_ERASURE_WORKERS=5", "SIGNOFF_LANGUAGE=zh-CN", "HOME=/root", "SIGNOFF_PORT_8080_TCP=tcp://10.0.0.1:8080"},
		Flags:   map[string]string{"erasure.workers": "7", "database.dsn": "postgres://localhost/signoff"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if c.Listen != "0.0.0.0:9000" || c.PublicURL != "http://localhost:9000" || c.Log.Level != "debug" || c.Log.Format != "text" ||
		c.Erasure.Workers != 7 || c.Language != "zh-CN" || c.DSN() != "postgres://localhost/signoff" || c.Mail.Transport != "log" {
		t.Errorf("got %+v", c)
	}
	if c.Session.AbsoluteTTL != 36*time.Hour || c.Erasure.TryTimeout != 30*time.Second {
		t.Errorf("durations %+v %+v", c.Session, c.Erasure)
	}
	if len(c.Holders) != 2 || c.Holders[0].DSN.Reveal() != "sqlite:crm.db" || c.Holders[1].Prefix != "people/{account}/" {
		t.Errorf("holders %v", c.Holders)
	}
}

// Whatever type a setting has, text of the environment sets it or is refused.
func TestEverySettingTakesText(t *testing.T) {
	for _, key := range config.Keys() {
		if key.Env == "" {
			continue
		}
		_, err := config.Load(config.Sources{Environ: []string{key.Env + "=x"}})
		for _, f := range fault.Of(err).Fields {
			if f.Code == "config_unknown" {
				t.Errorf("%s is no setting", key.Env)
			}
		}
	}
}

func TestWhatIsWrongIsNamed(t *testing.T) {
	catalogue, err := texts.Load()
	if err != nil {
		t.Fatal(err)
	}
	catalogue.Missing = func(lang, key string) { t.Errorf("no text for %s in %s", key, lang) }
	for _, tc := range []struct {
		name    string
		file    string
		env     string
		flag    [2]string
		path    string
		code    string
		english string
	}{
		{name: "typo", file: "listen: :80\nlsten: x\n", path: "lsten", code: "config_unknown_at", english: "There is no such setting (line 2, column 1)."},
		{name: "typo below", file: "mail:\n  hst: x\n", path: "mail.hst", code: "config_unknown_at"},
		{name: "typo in a list", file: "holders:\n  - nme: x\n", path: "holders[0].nme", code: "config_unknown_at"},
		{name: "typo in the environment", env: "SIGNOFF_LSTEN=x", path: "SIGNOFF_LSTEN", code: "config_unknown"},
		{name: "unknown flag", flag: [2]string{"mail.hst", "x"}, path: "mail.hst", code: "config_unknown"},
		{name: "list as flag", flag: [2]string{"holders", "x"}, path: "holders", code: "config_unknown"},
		{name: "text for a number", file: "mail: {port: smtp}\n", path: "mail.port", code: "config_wrong_type_at"},
		{name: "number for a duration", file: "session: {absolute_ttl: 7}\n", path: "session.absolute_ttl", code: "config_wrong_type_at"},
		{name: "list for a text", file: "listen: [a]\n", path: "listen", code: "config_wrong_type_at"},
		{name: "text for a mapping", file: "mail: smtp\n", path: "mail", code: "config_wrong_type_at"},
		{name: "mapping for a list", file: "holders: {name: x}\n", path: "holders", code: "config_wrong_type_at"},
		{name: "bad number in the environment", env: "SIGNOFF_MAIL_PORT=secret-value", path: "SIGNOFF_MAIL_PORT", code: "config_wrong_type"},
		{name: "bad duration as flag", flag: [2]string{"erasure.try_timeout", "soon"}, path: "erasure.try_timeout", code: "config_wrong_type"},
		{name: "not YAML", file: "listen: [\n", path: "line 1, column 9", code: "yaml_syntax"},
		{name: "password as flag", flag: [2]string{"database.dsn", "postgres://u:secret-value@h/d"}, path: "database.dsn", code: "config_secret_in_flag"},
		{name: "no port", file: "listen: localhost\n", path: "listen", code: "config_address"},
		{name: "metrics on the public address", file: "metrics_listen: 127.0.0.1:8080\n", path: "metrics_listen", code: "config_same_address"},
		{name: "URL with slash", file: "public_url: https://id.example.com/\n", path: "public_url", code: "config_url"},
		{name: "URL without host", file: "public_url: id.example.com\n", path: "public_url", code: "config_url"},
		{name: "issuer", file: "issuer: a b\n", path: "issuer", code: "config_issuer"},
		{name: "language", file: "language: fr\n", path: "language", code: "not_in_list", english: "This must be one of: zh-CN, en."},
		{name: "database", file: "database: {dsn: 'mysql://secret-value'}\n", path: "database.dsn", code: "config_dsn"},
		{name: "smtp without host", file: "mail: {transport: smtp, from: a@b.cn}\n", path: "mail.host", code: "required"},
		{name: "smtp in clear", file: "mail: {transport: smtp, host: mail.example.com, from: a@b.cn, tls: none}\n", path: "mail.tls", code: "config_mail_in_clear"},
		{name: "user without password", file: "mail: {transport: smtp, host: localhost, from: a@b.cn, user: u}\n", path: "mail.password_file", code: "config_user_and_password"},
		{name: "sender", file: "mail: {transport: smtp, host: localhost, from: nobody}\n", path: "mail.from", code: "config_sender"},
		{name: "backoff", file: "erasure: {backoff_min: 1h, backoff_max: 1m}\n", path: "erasure.backoff_max", code: "config_not_shorter"},
		{name: "negative", file: "erasure: {try_timeout: -1s}\n", path: "erasure.try_timeout", code: "config_duration"},
		{name: "workers", file: "erasure: {workers: 0}\n", path: "erasure.workers", code: "config_workers"},
		{name: "holder without kind", file: "holders:\n  - {name: a}\n", path: "holders[0].kind", code: "not_in_list"},
		{name: "holder twice", file: "holders:\n  - {name: a, kind: blob, bucket: 'mem://'}\n  - {name: a, kind: blob, bucket: 'mem://'}\n", path: "holders[1].name", code: "config_holder_twice"},
		{name: "holder's name", file: "holders:\n  - {name: A b, kind: blob, bucket: 'mem://'}\n", path: "holders[0].name", code: "config_holder_name"},
		{name: "wrong for the kind", file: "holders:\n  - {name: a, kind: blob, bucket: 'mem://', mapping: m}\n", path: "holders[0].mapping", code: "config_not_for_kind"},
		{name: "dsn twice", file: "database: {dsn: 'sqlite:a', dsn_file: b}\n", path: "database.dsn_file", code: "config_twice"},
	} {
		from := config.Sources{}
		if tc.file != "" {
			from.File = written(t, "signoff.yaml", tc.file)
		}
		if tc.env != "" {
			from.Environ = []string{tc.env}
		}
		if tc.flag[0] != "" {
			from.Flags = map[string]string{tc.flag[0]: tc.flag[1]}
		}
		_, err := config.Load(from)
		if !fault.Is(err, "config_invalid") {
			t.Errorf("%s: got %v", tc.name, err)
			continue
		}
		found := false
		for _, f := range fault.Of(err).Fields {
			text := catalogue.Field("en", f)
			catalogue.Field("zh-CN", f)
			found = found || f.Path == tc.path && f.Code == tc.code && (tc.english == "" || text == tc.english)
			if strings.Contains(text, "<no value>") {
				t.Errorf("%s: the text has a hole: %s", tc.name, text)
			}
		}
		if !found {
			t.Errorf("%s: got %v", tc.name, fault.Of(err).Fields)
		}
		if strings.Contains(err.Error(), "secret-value") {
			t.Errorf("%s: the value is repeated: %v", tc.name, err)
		}
	}
}

func TestSecretsComeFromFilesAndDoNotPrint(t *testing.T) {
	dsn := "postgres://signoff:hunter2@db/signoff"
	c, err := config.Load(config.Sources{Flags: map[string]string{"database.dsn_file": written(t, "dsn", dsn+"\n")}})
	if err != nil {
		t.Fatal(err)
	}
	if c.DSN() != dsn {
		t.Errorf("got %q", c.DSN())
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "dsn", c.Database.DSN, "config", c)
	encoded, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{log.String(), string(encoded), fmt.Sprintf("%v %+v %s %#v", c, c, c.Database.DSN, c)} {
		if strings.Contains(out, "hunter2") {
			t.Errorf("printed: %s", out)
		}
	}
	m := config.Mail{PasswordFile: written(t, "password", "s3cret\r\n")}
	if got, err := m.Password(); got != "s3cret" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := config.Load(config.Sources{File: "no/such/file.yaml"}); !fault.Is(err, "config_file_unreadable") {
		t.Errorf("got %v", err)
	}
}
