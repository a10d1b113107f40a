package texts

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"text/template"
	"text/template/parse"
	"unicode"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"github.com/signoff-id/signoff/internal/language"
)

// placeholders lists what a text asks for, first letters small.
func placeholders(t *testing.T, m *i18n.Message) []string {
	t.Helper()
	set := map[string]bool{}
	for _, text := range []string{m.One, m.Other} {
		tree, err := template.New(m.ID).Parse(text)
		if err != nil {
			t.Fatalf("%s: %v", m.ID, err)
		}
		var walk func(parse.Node)
		walk = func(n parse.Node) {
			switch n := n.(type) {
			case *parse.ListNode:
				if n != nil {
					for _, c := range n.Nodes {
						walk(c)
					}
				}
			case *parse.ActionNode:
				walk(n.Pipe)
			case *parse.IfNode:
				walk(n.Pipe)
				walk(n.List)
				walk(n.ElseList)
			case *parse.PipeNode:
				for _, c := range n.Cmds {
					for _, a := range c.Args {
						walk(a)
					}
				}
			case *parse.FieldNode:
				set[firstLetter(n.Ident[0], unicode.ToLower)] = true
			}
		}
		walk(tree.Root)
	}
	names := []string{}
	for n := range set {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// All languages say the same things about the same arguments.
func TestLanguagesAgree(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range language.All() {
		for _, other := range language.All() {
			for key, m := range c.messages[lang] {
				in := c.messages[other][key]
				if in == nil {
					t.Errorf("%s has a text in %s and none in %s", key, lang, other)
					continue
				}
				if a, b := placeholders(t, m), placeholders(t, in); !reflect.DeepEqual(a, b) {
					t.Errorf("%s: placeholders differ: %s %v, %s %v", key, lang, a, other, b)
				}
			}
		}
	}
}

// A Chinese text without a Chinese character is a forgotten translation.
func TestChineseIsChinese(t *testing.T) {
	c, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for key, m := range c.messages[language.Chinese] {
		plain := !strings.ContainsFunc(m.Other, func(r rune) bool { return unicode.Is(unicode.Han, r) })
		if plain && strings.ContainsFunc(m.Other, unicode.IsLetter) && m.Other == c.messages[language.English][key].Other {
			t.Errorf("%s reads %q in both languages", key, m.Other)
		}
		if strings.ContainsAny(strings.NewReplacer("{{", "", "}}", "").Replace(m.Other), ",;!?") && !plain {
			t.Errorf("%s: half-width punctuation in a Chinese text: %q", key, m.Other)
		}
	}
}

func TestLoadRefusesBadFiles(t *testing.T) {
	good := &fstest.MapFile{Data: []byte("a: text\n")}
	for name, tc := range map[string]struct {
		data string
		want string
	}{
		"nested map":     {"b:\n  c: text\n", "unknown plural form"},
		"number":         {"b: 12\n", "map of plural forms"},
		"key twice":      {"a: again\n", "already in"},
		"twice in file":  {"b: x\nb: y\n", "already defined"},
		"bad template":   {"b: \"{{.x\"\n", "unclosed action"},
		"empty":          {"b: \"\"\n", "empty text"},
		"without other":  {"b:\n  one: x\n", "empty text"},
		"not yaml":       {"b: [\n", "yaml"},
		"form not a str": {"b:\n  one: 1\n  other: x\n", "map of plural forms"},
	} {
		files := fstest.MapFS{"en/b.yaml": &fstest.MapFile{Data: []byte(tc.data)}}
		for _, lang := range language.All() {
			files[lang+"/a.yaml"] = good
		}
		_, err := load(files)
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %q", name, err, tc.want)
		}
	}
}
