package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// manuals are the pages that tell people what to type.
func manuals(t *testing.T) []string {
	t.Helper()
	docs, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	return append(docs, "../../README.md", "../../README.zh-CN.md", "../../CONTRIBUTING.md")
}

func readPage(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var (
	shellBlock = regexp.MustCompile("(?s)\n[ \t]*```sh\n(.*?)\n[ \t]*```")
	ownCommand = regexp.MustCompile(`^(?:sudo -u signoff )?(?:\./bin/)?signoff (.*)`)
	makeTarget = regexp.MustCompile("`make ([a-z-]+)`")
	target     = regexp.MustCompile(`(?m)^([a-z-]+):`)
)

// What the manuals tell people to type, the program takes.
func TestCommandsInTheManualsExist(t *testing.T) {
	typed := 0
	for _, page := range manuals(t) {
		for _, block := range shellBlock.FindAllStringSubmatch(readPage(t, page), -1) {
			for line := range strings.Lines(strings.ReplaceAll(block[1], "\\\n", " ")) {
				m := ownCommand.FindStringSubmatch(strings.TrimSpace(line))
				if m == nil {
					continue
				}
				typed++
				e, err := newEnv(nil, nil, nil, io.Discard, io.Discard)
				if err != nil {
					t.Fatal(err)
				}
				k, err := e.parser(&commands{})
				if err != nil {
					t.Fatal(err)
				}
				if _, err := k.Parse(words(m[1])); err != nil {
					t.Errorf("%s: signoff %s: %v", page, m[1], err)
				}
			}
		}
	}
	if typed == 0 {
		t.Error("no manual tells anybody to type anything: the pattern no longer fits")
	}
}

// words splits a command line as a shell would, up to where its output goes; what
// the shell would put in stays one word.
func words(line string) (all []string) {
	var word strings.Builder
	quote, open, begun := rune(0), 0, false
	end := func() {
		if begun {
			all = append(all, word.String())
		}
		word.Reset()
		begun = false
	}
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case open == 0 && (r == '\'' || r == '"'):
			quote, begun = r, true
		case open == 0 && (r == '|' || r == '>' || r == '#' || r == ';'):
			end()
			return all
		case open == 0 && r == ' ':
			end()
		default:
			switch r {
			case '(':
				open++
			case ')':
				open--
			}
			word.WriteRune(r)
			begun = true
		}
	}
	end()
	return all
}

func TestMakeTargetsInTheManualsExist(t *testing.T) {
	var have []string
	for _, m := range target.FindAllStringSubmatch(readPage(t, "../../Makefile"), -1) {
		have = append(have, m[1])
	}
	for _, page := range manuals(t) {
		for _, m := range makeTarget.FindAllStringSubmatch(readPage(t, page), -1) {
			if !slices.Contains(have, m[1]) {
				t.Errorf("%s: there is no make %s", page, m[1])
			}
		}
	}
}

// What changes from one run to the next.
var (
	anID      = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}|p_[a-z2-7]{26}`)
	number    = regexp.MustCompile(`[0-9]+`)
	someSpace = regexp.MustCompile(`\s+`)
)

func timeless(line string) string {
	line = number.ReplaceAllString(anID.ReplaceAllString(line, "ID"), "0")
	return strings.TrimSpace(someSpace.ReplaceAllString(line, " "))
}

// The READMEs show of the walk only what it prints.
func TestTheWalkInTheReadmeIsReal(t *testing.T) {
	shown := regexp.MustCompile("(?s)<!-- output of: signoff (demo walk[^\n]*?) -->\n```text\n(.*?)\n```")
	for _, page := range []string{"../../README.md", "../../README.zh-CN.md"} {
		t.Run(filepath.Base(page), func(t *testing.T) {
			t.Parallel()
			m := shown.FindStringSubmatch(readPage(t, page))
			if m == nil {
				t.Fatal("it shows no walk")
			}
			var out, errs strings.Builder
			if code := run(t.Context(), words(m[1]), strings.NewReader(""), &out, &errs); code != exitOK {
				t.Fatalf("signoff %s ends with %d:\n%s%s", m[1], code, out.String(), errs.String())
			}
			printed := map[string]bool{}
			for line := range strings.Lines(out.String()) {
				printed[timeless(line)] = true
			}
			for line := range strings.Lines(m[2]) {
				if line = timeless(line); line != "" && line != "…" && !printed[line] {
					t.Errorf("the walk no longer prints %q; scripts/tour.sh and make demo show what it prints", line)
				}
			}
		})
	}
}
