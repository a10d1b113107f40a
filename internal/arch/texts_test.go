package arch

import (
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/source"
)

// textKey finds the keys of a file of texts: a flat map.
var textKey = regexp.MustCompile(`(?m)^([a-z][A-Za-z0-9_.-]*):`)

// catalogue gives the keys of the texts in each language, and where they stand.
func catalogue(t *testing.T) map[string]map[string]string {
	t.Helper()
	keys := map[string]map[string]string{}
	for _, lang := range language.All() {
		keys[lang] = map[string]string{}
	}
	err := textFiles(func(file string, text []byte) error {
		dir, ours := strings.CutPrefix(path.Dir(file), "internal/texts/")
		if !ours || path.Ext(file) != ".yaml" || keys[dir] == nil {
			return nil
		}
		for _, m := range textKey.FindAllStringSubmatch(string(text), -1) {
			keys[dir][m[1]] = file
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// Codes in literals of fault.Field and fault.Error have their texts too; those
// in calls of New and At are checked in the room of the texts, arguments and all.
func TestLiteralCodesHaveTexts(t *testing.T) {
	keys := catalogue(t)
	inspect(t, production, func(f *source.File, n ast.Node) bool {
		literal, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		if !f.Uses(literal.Type, source.Module+"/internal/fault", "Field", "Error") {
			return true
		}
		for _, element := range literal.Elts {
			pair, ok := element.(*ast.KeyValueExpr)
			if !ok {
				t.Errorf("%s: name the fields", f.At(literal))
				break
			}
			name, ok := pair.Key.(*ast.Ident)
			if !ok || name.Name != "Code" {
				continue
			}
			if code, ok := source.StringLiteral(pair.Value); ok {
				for lang := range keys {
					if keys[lang]["fault."+code] == "" {
						t.Errorf("%s: fault.%s has no text in %s", f.At(pair), code, lang)
					}
				}
			}
		}
		return true
	})
}

// A text that nothing can ask for is a leftover. A key counts as asked for when
// the code holds it, or a fault's code, as a string, or a string ending in a dot
// that begins it ("problem." + kind); a policy, a mapping or a page may hold it too.
func TestNoTextIsALeftover(t *testing.T) {
	said := map[string]bool{}
	var beginnings []string
	inspect(t, production, func(_ *source.File, n ast.Node) bool {
		expr, ok := n.(ast.Expr)
		if !ok {
			return true
		}
		if s, ok := source.StringLiteral(expr); ok {
			said[s] = true
			if strings.HasSuffix(s, ".") && len(s) > 2 && s != "fault." {
				beginnings = append(beginnings, s)
			}
		}
		return true
	})
	word := regexp.MustCompile(`[a-z][a-z0-9_.]+`)
	err := textFiles(func(file string, text []byte) error {
		if slices.Contains([]string{".yaml", ".html"}, path.Ext(file)) && !below(file, "internal/texts") {
			for _, w := range word.FindAllString(string(text), -1) {
				said[w] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for lang, keys := range catalogue(t) {
		for key, file := range keys {
			code, _ := strings.CutPrefix(key, "fault.")
			begun := slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(key, b) })
			if !said[key] && !said[code] && !begun {
				t.Errorf("%s: nothing asks for %s (%s)", file, key, lang)
			}
		}
	}
}
