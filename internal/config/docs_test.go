package config_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/config"
)

const page = "../../docs/configuration.md"

// The table in docs/configuration.md is the one that the settings make. Run with
// UPDATE_DOCS=1 to write it anew.
func TestTheDocumentationIsTrue(t *testing.T) {
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	const from, to = "<!-- settings -->\n", "<!-- end of settings -->"
	before, rest, ok := strings.Cut(string(text), from)
	old, after, ok2 := strings.Cut(rest, to)
	if !ok || !ok2 {
		t.Fatalf("%s has lost its markers", page)
	}
	var b strings.Builder
	b.WriteString("| key | environment | default | meaning |\n|---|---|---|---|\n")
	env := map[string]string{}
	for _, k := range config.Keys() {
		if k.Doc == "" {
			t.Errorf("%s has no doc tag", k.Name)
		}
		if other := env[k.Env]; other != "" && k.Env != "" {
			t.Errorf("%s is the variable of %s and of %s", k.Env, other, k.Name)
		}
		env[k.Env] = k.Name
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", k.Name, code(k.Env), code(k.Default), strings.ReplaceAll(k.Doc, "|", `\|`))
	}
	if old == b.String() {
		return
	}
	if os.Getenv("UPDATE_DOCS") == "" {
		t.Fatalf("the table in %s is out of date; UPDATE_DOCS=1 go test ./internal/config writes it:\n%s", page, b.String())
	}
	if err := os.WriteFile(page, []byte(before+from+b.String()+to+after), 0o600); err != nil {
		t.Fatal(err)
	}
}

func code(s string) string {
	if s == "" {
		return ""
	}
	return "`" + s + "`"
}
