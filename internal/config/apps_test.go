package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/fault"
)

func loadApps(t *testing.T, apps string) (config.Config, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "signoff.yaml")
	if err := os.WriteFile(file, []byte("apps:\n"+apps), 0o600); err != nil {
		t.Fatal(err)
	}
	return config.Load(config.Sources{File: file})
}

func TestAppsAreReadFromTheFile(t *testing.T) {
	c, err := loadApps(t, `
  - id: crm
    name: {zh-CN: 客户管理, en: Customers}
    url: https://crm.example.com/start?from=home
    icon: users
    organisation: org-1
  - id: local
    name: {zh-CN: 本机, en: Local}
    url: http://localhost:9000/
  - id: help
    name: {zh-CN: 帮助, en: Help}
    url: /help
`)
	if err != nil {
		t.Fatal(err)
	}
	want := config.App{ID: "crm", Name: config.AppName{Chinese: "客户管理", English: "Customers"}, URL: "https://crm.example.com/start?from=home", Icon: "users", Organisation: "org-1"}
	if len(c.Apps) != 3 || c.Apps[0] != want {
		t.Errorf("read as %+v", c.Apps)
	}
}

// People are led only where nobody on the way can read or change what they see.
func TestAppsThatAreRefused(t *testing.T) {
	const name = "name: {zh-CN: 甲, en: A}"
	for what, app := range map[string]string{
		"apps[0].url":     "{id: a, " + name + ", url: \"http://crm.example.com\"}",
		"apps[0].url ":    "{id: a, " + name + ", url: \"javascript:alert(1)\"}",
		"apps[0].url  ":   "{id: a, " + name + ", url: \"//elsewhere.example\"}",
		"apps[0].url   ":  "{id: a, " + name + ", url: \"/\\\\elsewhere.example\"}",
		"apps[0].url    ": "{id: a, " + name + ", url: \"https://user:secret@crm.example.com\"}",
		"apps[0].icon":    "{id: a, " + name + ", url: /help, icon: ../../etc/passwd}",
		"apps[0].id":      "{id: \"a b\", " + name + ", url: /help}",
		"apps[1].id":      "{id: a, " + name + ", url: /help}\n  - {id: a, " + name + ", url: /help}",
		"apps[0].name.en": "{id: a, name: {zh-CN: 甲}, url: /help}",
	} {
		_, err := loadApps(t, "  - "+app+"\n")
		if !fault.Is(err, "config_invalid") || fault.Of(err).Fields[0].Path != strings.TrimSpace(what) {
			t.Errorf("%s: %+v", what, err)
		}
	}
}
