package api_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/addressbook"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/report"
	"github.com/signoff-id/signoff/internal/session"
)

func names[S ~string](all []S) (out []string) {
	for _, s := range all {
		out = append(out, string(s))
	}
	return out
}

// lists are the words that a room lists, of which the API's enums are made.
func lists() map[string][]string {
	return map[string][]string{
		"identity.Roles": identity.Roles(), "identity.Kinds": identity.Kinds(), "identity.States": names(identity.States()),
		"org.Roles": org.Roles(), "org.Offices": org.Offices(), "org.Certifications": org.Certifications(), "org.AttestationKinds": org.AttestationKinds(),
		"closure.States": names(closure.States()), "dissolution.States": names(dissolution.States()), "dissolution.Prerequisites": dissolution.Prerequisites(),
		"session.DeviceKinds": session.DeviceKinds(), "addressbook.Formats": addressbook.Formats(), "report.Figures": names(report.Figures()),
	}
}

// parts are enums that take some words of a list on purpose.
var parts = map[string]string{
	"mobile email":        "codes are sent to these; nobody is sent anything to a user name",
	"creator super_admin": "only these two are handed over",
}

// An enum that has a word of a room's list has all of them: a new role, state or
// kind is otherwise refused at the door, or answered against the document.
func TestEnumsHaveEveryWordOfTheirList(t *testing.T) {
	var doc any
	if err := json.Unmarshal(document(t), &doc); err != nil {
		t.Fatal(err)
	}
	whole := map[string]bool{}
	var walk func(at string, v any)
	walk = func(at string, v any) {
		switch v := v.(type) {
		case map[string]any:
			if all, ok := v["enum"].([]any); ok {
				checkEnum(t, at, all, whole)
			}
			for key, inner := range v {
				walk(at+"/"+key, inner)
			}
		case []any:
			for i, inner := range v {
				walk(at+"/"+strconv.Itoa(i), inner)
			}
		}
	}
	walk("", doc)
	for name := range lists() {
		if !whole[name] {
			t.Errorf("no enum of the API is %s", name)
		}
	}
}

func checkEnum(t *testing.T, at string, all []any, whole map[string]bool) {
	t.Helper()
	var enum []string
	for _, v := range all {
		if s, ok := v.(string); ok {
			enum = append(enum, s)
		}
	}
	if parts[strings.Join(enum, " ")] != "" {
		return
	}
	nearest, common := "", 0
	for name, list := range lists() {
		n := 0
		for _, word := range list {
			if slices.Contains(enum, word) {
				n++
			}
		}
		if n == len(list) && n == len(enum) {
			whole[name] = true
			return
		}
		// Two lists may have a word in common, such as closed; most of one is meant.
		if n > common && 2*n > len(enum) {
			nearest, common = name, n
		}
	}
	if nearest != "" {
		t.Errorf("%s: the enum is %v, and %s() is %v", at, enum, nearest, lists()[nearest])
	}
}

// notNamed are lists of which the client names no word: their words come out of
// one answer and go into another call, if anywhere.
var notNamed = []string{"addressbook.Formats", "report.Figures", "identity.States"}

// The client has a constant for every word of every other list.
func TestTheClientNamesEveryWord(t *testing.T) {
	said := map[string]bool{}
	files, err := filepath.Glob("../../client/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		tree, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range tree.Decls {
			block, ok := d.(*ast.GenDecl)
			if !ok || block.Tok != token.CONST {
				continue
			}
			ast.Inspect(block, func(n ast.Node) bool {
				if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
					if s, err := strconv.Unquote(literal.Value); err == nil {
						said[s] = true
					}
				}
				return true
			})
		}
	}
	for name, list := range lists() {
		for _, word := range list {
			if !said[word] && !slices.Contains(notNamed, name) {
				t.Errorf("package client has no constant for %q of %s()", word, name)
			}
		}
	}
}
