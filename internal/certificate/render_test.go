package certificate_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/certificate"
)

// Run "go test ./internal/certificate -update" after a change of wording, and
// read what it wrote.
var update = flag.Bool("update", false, "write the golden files")

func TestRender(t *testing.T) {
	b := newBench(t)
	full := b.full(t)
	plain := full
	plain.Policy.Title, plain.Holders, plain.Own = nil, nil, nil
	plain.Identifiers = certificate.Identifiers{Count: 1, Never: true}
	for name, c := range map[string]certificate.Certificate{"full": full, "plain": plain} {
		for _, lang := range []string{"zh-CN", "en"} {
			path := filepath.Join("testdata", name+"."+lang+".txt")
			got := c.Render(lang)
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s:\n%s", path, got)
			}
		}
	}
}

// Names come from other systems: they must not write to a terminal, or make
// lines of their own.
func TestRenderKeepsNamesOnTheirLine(t *testing.T) {
	b := newBench(t)
	c := b.full(t)
	c.Subject = "p_x\nIssued by     mallory\x1b[2J\u202e"
	c.Holders[0].Items[0].Name = "a\r\nb"
	c.Holders[0].Title = map[string]string{"en": "x\u2028y"}
	c.Timeline[0].Event = "unheard\x07of"
	for _, lang := range []string{"zh-CN", "en"} {
		got := c.Render(lang)
		if strings.ContainsAny(got, "\r\x1b\x07\u202e\u2028") || strings.Contains(got, "\nIssued by     mallory") {
			t.Errorf("%q", got)
		}
	}
	c.Audit.Checkpoint = "broken"
	if !strings.Contains(c.Render("en"), "whose ? entries") {
		t.Error("a broken checkpoint")
	}
}
