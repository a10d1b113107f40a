package arch

import (
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

const glossary = "docs/glossary.md"

// otherThings are longer words that hold a ruled-out one and mean something
// else. They are taken out of a text before it is read.
var otherThings = []string{
	"user name", "user id", "用户名", "用户 id", // what forms and other systems call it
	"audit log in",                     // not "log in"
	"postgres://user", "postgres://用户", // how an address is written
	"等待期间", // not the days of a cooling-off, but while something waits
}

// spoken are the texts that may use a ruled-out word, each for its reason. The
// key is the text's own, or its file; the word is as the glossary writes it.
var spoken = []struct{ key, word, reason string }{
	{"page.billing.how_pay", "transfer", "of money, by a bank"},
	{"fault.config_secret_in_flag", "用户", "of the operating system"},
	{"fault.keys_file_exposed", "用户", "of the operating system"},
	{"fault.address_forbidden", "用户", "of the operating system"},
	{"fault.address_forbidden", "user", "of the operating system"},
	{"fault.data_unusable", "用户", "of the operating system"},
	{"fault.data_unusable", "user", "of the operating system"},
	{"dingtalk.yaml", "账户", "quotes DingTalk's own page"},
}

// term is a row of the glossary.
type term struct {
	english  string
	code     []string // names in the code
	ruledOut []string
}

var codeSpan = regexp.MustCompile("`([^`]+)`")

func spans(cell string) []string {
	var out []string
	for _, m := range codeSpan.FindAllStringSubmatch(cell, -1) {
		out = append(out, m[1])
	}
	return out
}

func terms(t *testing.T) []term {
	t.Helper()
	var all []term
	err := textFiles(func(file string, text []byte) error {
		if file != glossary {
			return nil
		}
		for line := range strings.Lines(string(text)) {
			cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
			if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| English ") {
				continue
			}
			if len(cells) != 5 {
				t.Errorf("%s: %d cells in %q", file, len(cells), line)
				continue
			}
			row := term{strings.TrimSpace(cells[0]), spans(cells[3]), spans(cells[4])}
			if strings.TrimSpace(cells[1]) == "" || strings.TrimSpace(cells[2]) == "" || len(row.code) == 0 || len(row.ruledOut) == 0 {
				t.Errorf("%s: something is missing in the row of %q", file, row.english)
			}
			all = append(all, row)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 20 {
		t.Fatalf("%s has %d rows: its table is no longer read", glossary, len(all))
	}
	return all
}

func han(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// says finds a word of the glossary: a Chinese one anywhere, an English one
// between other characters than letters, with the plural's s or without.
func says(word string) func(text string) bool {
	if han(word) {
		return func(text string) bool { return strings.Contains(text, word) }
	}
	found := regexp.MustCompile(`(^|[^\pL\pN_.-])` + regexp.QuoteMeta(word) + `s?($|[^\pL\pN_/-])`)
	return found.MatchString
}

// spokenLine is a piece of text that people read.
type spokenLine struct{ key, file, text string }

var (
	template = regexp.MustCompile(`\{\{[^}]*\}\}`)
	comment  = regexp.MustCompile(`^\s*(#|//)`)
	place    = regexp.MustCompile(`\]\([^)]*\)|<!--.*?-->`)
)

// read gives what people read in a file, line by line under the key it belongs
// to; nothing when the file is not for them.
func read(file string, text []byte) []spokenLine {
	var out []spokenLine
	ours := below(file, "internal/texts") && path.Ext(file) == ".yaml"
	rendered := below(file, "internal/certificate/render")
	policies := below(file, "internal/policy/policies")
	readme := file == "README.md" || file == "README.zh-CN.md"
	if !ours && !rendered && !policies && !readme {
		return nil
	}
	prose, key := string(text), path.Base(file)
	if readme {
		prose = codeSpan.ReplaceAllString(fence.ReplaceAllString(prose, ""), "")
	}
	for line := range strings.Lines(prose) {
		if comment.MatchString(line) && !readme {
			continue
		}
		if m := textKey.FindString(line); ours && m != "" {
			key, line = strings.TrimSuffix(m, ":"), strings.TrimPrefix(line, m)
		}
		line = place.ReplaceAllString(template.ReplaceAllString(line, "…"), "")
		out = append(out, spokenLine{key, file, line})
	}
	return out
}

// Every text says what the glossary says.
func TestTextsKeepToTheGlossary(t *testing.T) {
	var lines []spokenLine
	err := textFiles(func(file string, text []byte) error {
		lines = append(lines, read(file, text)...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) < 3000 {
		t.Fatalf("%d lines of texts: they are no longer where they were", len(lines))
	}
	needed := map[int]bool{}
	for _, row := range terms(t) {
		for _, word := range row.ruledOut {
			isSaid := says(word)
			for _, line := range lines {
				text := strings.ToLower(line.text)
				for _, other := range otherThings {
					text = strings.ReplaceAll(text, other, "")
				}
				if !isSaid(text) {
					continue
				}
				i := slices.IndexFunc(spoken, func(s struct{ key, word, reason string }) bool { return s.key == line.key && s.word == word })
				if i < 0 {
					t.Errorf("%s: %s says %q; the glossary's word is %q", line.file, line.key, word, row.english)
				}
				needed[i] = true
			}
		}
	}
	for i, s := range spoken {
		if !needed[i] {
			t.Errorf("%s no longer says %q: strike out the exception", s.key, s.word)
		}
	}
}

// A term's name in the code is a word of some name there.
func TestTheGlossarysNamesAreInTheCode(t *testing.T) {
	var code strings.Builder
	err := textFiles(func(file string, text []byte) error {
		if path.Ext(file) == ".go" && !strings.HasSuffix(file, "_test.go") {
			code.Write(text)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	all := code.String()
	for _, row := range terms(t) {
		for _, name := range row.code {
			if !strings.Contains(all, name) {
				t.Errorf("%s: %q is called %q there, and nowhere in the code", glossary, row.english, name)
			}
		}
	}
}

// What a room is fits into a sentence without "and": the first one of its
// package comment. A room that needs an "and" is two rooms, or not understood.
func TestARoomIsOneThing(t *testing.T) {
	for _, f := range sources(t) {
		doc := strings.Join(strings.Fields(f.Tree.Doc.Text()), " ")
		if f.Test || doc == "" {
			continue
		}
		first, _, _ := strings.Cut(doc+" ", ". ")
		if slices.Contains(strings.Fields(first), "and") {
			t.Errorf("%s: %q holds an \"and\": say in one idea what the room is", f.Path, first)
		}
	}
}

const architecture = "docs/ARCHITECTURE.md"

var roomRow = regexp.MustCompile("(?m)^\\| `([a-z0-9/]+)` \\| ([^|]+) \\|")

// The document says of a room what its package comment says, names every room,
// and names each below those that it imports.
func TestTheDocumentSaysWhatARoomIs(t *testing.T) {
	comments := map[string]string{}
	for _, f := range sources(t) {
		if doc := strings.Join(strings.Fields(f.Tree.Doc.Text()), " "); doc != "" && !f.Test {
			_, comments[strings.TrimPrefix(f.Dir, "internal/")], _ = strings.Cut(strings.TrimPrefix(strings.TrimPrefix(doc, "Package "), "Command "), " ")
		}
	}
	err := textFiles(func(file string, text []byte) error {
		if file != architecture {
			return nil
		}
		rows := roomRow.FindAllStringSubmatch(string(text), -1)
		hasRow, above := map[string]bool{}, map[string]bool{}
		for _, m := range rows {
			hasRow[m[1]] = true
		}
		for _, m := range rows {
			name, what := m[1], strings.TrimSpace(m[2])
			rest, same := strings.CutPrefix(comments[name], what)
			if !same || rest == "" || !strings.ContainsRune(".:,", rune(rest[0])) {
				t.Errorf("%s: %s %s; its package comment says that it %.80s", file, name, what, comments[name])
			}
			above[name] = true
			for imported := range strings.FieldsSeq(roomNamed(name).mayImport) {
				if hasRow[imported] && !above[imported] {
					t.Errorf("%s: %s may import %s, which is further down", file, name, imported)
				}
			}
		}
		for _, r := range rooms {
			if comments[r.name] != "" && !hasRow[r.name] && !strings.Contains(string(text), "`"+r.name+"`") {
				t.Errorf("%s does not name %s", file, r.name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
