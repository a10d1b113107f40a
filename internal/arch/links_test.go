package arch

import (
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

var (
	fence   = regexp.MustCompile("(?s)(?:^|\n)[ \t]*```.*?\n[ \t]*```")
	code    = regexp.MustCompile("`[^`\n]*`")
	link    = regexp.MustCompile(`\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)`)
	heading = regexp.MustCompile(`(?m)^#{1,6}\s+(.+?)\s*#*$`)
)

// A link inside the repository leads to a file, and its anchor to a heading.
func TestLinksInDocumentsResolve(t *testing.T) {
	err := textFiles(func(file string, text []byte) error {
		if path.Ext(file) != ".md" {
			return nil
		}
		prose := code.ReplaceAllString(fence.ReplaceAllString(string(text), ""), "")
		for _, m := range link.FindAllStringSubmatch(prose, -1) {
			target, err := url.Parse(m[1])
			if err != nil {
				t.Errorf("%s: %q is no link: %v", file, m[1], err)
				continue
			}
			if target.Scheme != "" || target.Host != "" {
				continue
			}
			checkLink(t, file, target)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkLink(t *testing.T, file string, target *url.URL) {
	t.Helper()
	to := file
	if target.Path != "" {
		to = path.Join(path.Dir(file), target.Path)
	}
	info, err := os.Stat(filepath.Join(root, to))
	if err != nil {
		t.Errorf("%s links to %s, which is not there", file, target)
		return
	}
	if target.Fragment == "" || info.IsDir() || path.Ext(to) != ".md" {
		return
	}
	text, err := os.ReadFile(filepath.Join(root, to))
	if err != nil {
		t.Error(err)
		return
	}
	for _, m := range heading.FindAllStringSubmatch(fence.ReplaceAllString(string(text), ""), -1) {
		if anchor(m[1]) == target.Fragment {
			return
		}
	}
	t.Errorf("%s links to %s, but %s has no such heading", file, target, to)
}

// anchor is the name that a heading's text gets on a rendered page.
func anchor(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

func TestAnchor(t *testing.T) {
	for text, want := range map[string]string{
		"What it is for":         "what-it-is-for",
		"`signoff serve`, twice": "signoff-serve-twice",
		"注销：一次完整的流程":             "注销一次完整的流程",
	} {
		if got := anchor(text); got != want {
			t.Errorf("anchor(%q) = %q, want %q", text, got, want)
		}
	}
}
