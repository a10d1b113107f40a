package yamldoc_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/signoff-id/signoff/internal/yamldoc"
)

func TestParseGivesValuesAndPlaces(t *testing.T) {
	doc, wrong := yamldoc.Parse([]byte("\ufeff名: 中文 # c\r\nday: 2025-01-01\nlist:\n  - 12\n  - {zh-CN: '单''引', ok: true}\nnone:\n"))
	if wrong != nil {
		t.Fatal(wrong)
	}
	for _, c := range []struct {
		path []string
		text string
		at   string
	}{
		{[]string{"名"}, "中文", "line 1, column 4"},
		{[]string{"day"}, "2025-01-01", "line 2, column 6"}, // never a timestamp
		{[]string{"list", "0"}, "", "line 4, column 5"},
		{[]string{"list", "1", "zh-CN"}, "单'引", "line 5, column 13"},
		{[]string{"list", "1"}, "", "line 5, column 5"},
		{[]string{"none"}, "", "line 6, column 1"},
		{[]string{"list"}, "", "line 4, column 3"},
		{[]string{"list", "7", "x"}, "", "line 4, column 3"}, // the deepest place there is
	} {
		n := doc.Find(c.path...)
		if n.Text() != c.text || n.Where() != c.at {
			t.Errorf("%v = %q at %s, want %q at %s", c.path, n.Text(), n.Where(), c.text, c.at)
		}
	}
	if n, ok := doc.Find("list", "0").Int(); !ok || n != 12 {
		t.Errorf("Int = %d, %v", n, ok)
	}
}

func TestParseRefusesWithAPlace(t *testing.T) {
	deep := strings.Repeat("[", 5000) + strings.Repeat("]", 5000)
	for name, c := range map[string]struct{ src, at, code string }{
		"empty":          {"# nothing\n", "line 1, column 1", "yaml_empty"},
		"duplicate":      {"a: 1\nb: 2\na: 3\n", "line 3, column 1", "yaml_key_twice"},
		"anchor":         {"a: &x 1\n", "line 1, column 4", "yaml_feature"},
		"alias":          {"a: 1\nb: *x\n", "line 2, column 4", "yaml_feature"},
		"tag":            {"a: !!str 1\n", "line 1, column 4", "yaml_feature"},
		"merge":          {"<<: {a: 1}\n", "line 1, column 1", "yaml_feature"},
		"infinity":       {"a: .inf\n", "line 1, column 4", "yaml_feature"},
		"two documents":  {"a: 1\n---\nb: 2\n", "line 3, column 1", "yaml_many_documents"},
		"unclosed":       {"a: 1\nb: [1\n", "line 2, column 4", "yaml_syntax"},
		"tab":            {"a: 1\n\tb: 2\n", "line 2, column 1", "yaml_syntax"},
		"not utf-8":      {"a: 1\nb: x\xff\n", "line 2, column 5", "yaml_not_utf8"},
		"control":        {"a: 1\nb: x\x00\n", "line 2, column 5", "yaml_control_character"},
		"key not text":   {"1: a\n", "line 1, column 1", "yaml_key_not_text"},
		"deep flow":      {deep, "line 1, column 25", "yaml_depth"},
		"deep lists":     {strings.Repeat("- ", 20000) + "x", "line 1, column 49", "yaml_depth"},
		"a little deep":  {strings.Repeat("[", 14) + strings.Repeat("]", 14), "line 1, column 13", "yaml_depth"},
		"too large":      {"a: 1\n" + strings.Repeat("#", yamldoc.MaxBytes), "line 2, column 65532", "yaml_too_large"},
		"nested mapping": {strings.Repeat("{a: ", 14) + "1" + strings.Repeat("}", 14), "line 1, column 49", "yaml_depth"},
	} {
		doc, wrong := yamldoc.Parse([]byte(c.src))
		if doc != nil || len(wrong) != 1 || wrong[0].Code != c.code || wrong[0].Path != c.at {
			t.Errorf("%s: %v, want %s at %s", name, wrong, c.code, c.at)
		}
	}
}

// Each scalar holds an X; its place in the file is where the X stands.
func TestLocateFindsTheCharacterInTheFile(t *testing.T) {
	for name, src := range map[string]string{
		"plain":         "k: aaX\n",
		"plain folded":  "k: a b\n  c dX\n",
		"single quotes": "k: 'a''b X'\n",
		"double quotes": "k: \"a\\tb\\\"c \\u4e2d d X\"\n",
		"quote first":   "k: \"\\\"\\\"X\"\n",
		"literal":       "k: |\n  a &&\n\n    b &&\n  X\n",
		"folded":        "k: >-\n  中文 a\n  b X\n",
		"literal, deep": "k: |2-\n  a\n  X\n",
		"no space":      "k: 'a+\n  b+X'\n",
	} {
		doc, wrong := yamldoc.Parse([]byte(src))
		if wrong != nil {
			t.Fatal(name, wrong)
		}
		before, _, _ := strings.Cut(src, "X")
		wantLine := strings.Count(before, "\n") + 1
		wantColumn := utf8.RuneCountInString(before[strings.LastIndex(before, "\n")+1:]) + 1
		value := doc.Find("k")
		offset := strings.IndexRune(value.Text(), 'X')
		line, column := value.Locate(utf8.RuneCountInString(value.Text()[:offset]))
		if line != wantLine || column != wantColumn {
			t.Errorf("%s: line %d, column %d, want %d, %d", name, line, column, wantLine, wantColumn)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"a: 1\n", "- [a, {b: c}]\n", "k: |\n  x\n", "k: \"\\u00e9\"", "a:\n- b\n", "? a\n: b", "%YAML 1.2\n---\na: 1\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		doc, wrong := yamldoc.Parse(src)
		if (doc == nil) == (len(wrong) == 0) {
			t.Fatalf("a document or a refusal, not %v and %v", doc, wrong)
		}
		if doc == nil {
			return
		}
		lines := bytes.Count(src, []byte("\n")) + 1
		var walk func(n *yamldoc.Node)
		walk = func(n *yamldoc.Node) {
			if n.Line < 1 || n.Line > lines+1 || n.Column < 1 {
				t.Fatalf("%s in a file of %d lines", n.Where(), lines)
			}
			n.Locate(len(n.Text()) / 2)
			for _, f := range n.Fields {
				walk(f.Value)
			}
			for _, item := range n.Items {
				walk(item)
			}
		}
		walk(doc)
		doc.Any()
	})
}
