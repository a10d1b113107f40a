package arch

import (
	"slices"
	"strings"
	"testing"
)

func TestEveryPackageHasAComment(t *testing.T) {
	commented := map[string]bool{}
	for _, f := range sources(t) {
		if f.test {
			continue
		}
		doc := strings.TrimSpace(f.tree.Doc.Text())
		name := f.tree.Name.Name
		want := "Package " + name + " "
		if name == "main" {
			want = "Command "
		}
		if doc != "" && !strings.HasPrefix(doc, want) {
			t.Errorf("%s: the package comment begins with %q, not with %q", f.path, doc[:min(len(doc), 30)], want)
		}
		commented[f.dir] = commented[f.dir] || doc != ""
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
		name := strings.TrimSuffix(f.tree.Name.Name, "_test")
		last := f.dir[strings.LastIndex(f.dir, "/")+1:]
		if slices.Contains(bags, name) || slices.Contains(bags, last) {
			t.Errorf("%s: a package called %s", f.path, name)
		}
	}
}
