package arch

import (
	"slices"
	"strings"
	"testing"
)

func TestEveryPackageHasAComment(t *testing.T) {
	commented := map[string]bool{}
	for _, f := range sources(t) {
		if f.Test {
			continue
		}
		doc := strings.TrimSpace(f.Tree.Doc.Text())
		name := f.Tree.Name.Name
		want := "Package " + name + " "
		if name == "main" {
			want = "Command "
		}
		if doc != "" && !strings.HasPrefix(doc, want) {
			t.Errorf("%s: the package comment begins with %q, not with %q", f.Path, doc[:min(len(doc), 30)], want)
		}
		commented[f.Dir] = commented[f.Dir] || doc != ""
	}
	for dir, has := range commented {
		if !has {
			t.Errorf("%s has no package comment", dir)
		}
	}
}

// A name that says nothing gathers everything.
func TestNoBagPackages(t *testing.T) {
	bags := []string{"util", "utils", "common", "helper", "helpers", "misc", "shared", "base", "lib", "x", "types", "models", "interfaces"}
	for _, f := range sources(t) {
		name := strings.TrimSuffix(f.Tree.Name.Name, "_test")
		last := f.Dir[strings.LastIndex(f.Dir, "/")+1:]
		if slices.Contains(bags, name) || slices.Contains(bags, last) {
			t.Errorf("%s: a package called %s", f.Path, name)
		}
	}
}
