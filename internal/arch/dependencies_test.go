package arch

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

// The document that says of every library why it is here, and of what we do
// ourselves why no library is.
const dependencies = "docs/dependencies.md"

var quoted = regexp.MustCompile("`([^`]+)`")

// tableRows gives the cells of the rows below a heading of the document.
func tableRows(t *testing.T, heading string) [][]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, dependencies))
	if err != nil {
		t.Fatal(err)
	}
	_, part, found := strings.Cut(string(text), "\n## "+heading+"\n")
	if !found {
		t.Fatalf("%s has no heading %q", dependencies, heading)
	}
	part, _, _ = strings.Cut(part, "\n## ")
	var rows [][]string
	for line := range strings.Lines(part) {
		if !strings.HasPrefix(line, "| ") {
			continue
		}
		var cells []string
		for cell := range strings.SplitSeq(strings.Trim(strings.TrimSpace(line), "|"), " | ") {
			cells = append(cells, strings.TrimSpace(cell))
		}
		rows = append(rows, cells)
	}
	if len(rows) < 2 {
		t.Fatalf("%s has no table below %q", dependencies, heading)
	}
	return rows[1:] // without the head
}

func named(cell string) []string {
	var names []string
	for _, m := range quoted.FindAllStringSubmatch(cell, -1) {
		names = append(names, m[1])
	}
	return names
}

// module is what go.mod says.
func module(t *testing.T) *modfile.File {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse("go.mod", text, nil)
	if err != nil {
		t.Fatal(err)
	}
	return mod
}

// Every direct dependency has a row that says what it is for and why, and no row
// is left over.
func TestEveryDependencyHasItsReason(t *testing.T) {
	var direct []string
	for _, r := range module(t).Require {
		if !r.Indirect {
			direct = append(direct, r.Mod.Path)
		}
	}
	users := usersOf(t, direct)
	var rows []string
	for _, row := range tableRows(t, "Libraries") {
		if len(row) != 5 || len(named(row[0])) != 1 || slices.Contains(row, "") {
			t.Errorf("%s: a row of five filled cells is wanted: %q", dependencies, row)
			continue
		}
		name := named(row[0])[0]
		rows = append(rows, name)
		if !slices.Contains(direct, name) {
			t.Errorf("%s has a row for %s, which go.mod does not name as a direct dependency", dependencies, name)
			continue
		}
		checkUsers(t, name, row[3], users)
	}
	for _, name := range direct {
		if !slices.Contains(rows, name) {
			t.Errorf("%s has no row for %s: say there what it is for and why the standard library will not do", dependencies, name)
		}
	}
}

// The program that makes the pages' code is of the same version as the library
// that draws them.
func TestPagesAreMadeByTheVersionThatDrawsThem(t *testing.T) {
	const templ = "github.com/a-h/templ"
	text, err := os.ReadFile(filepath.Join(root, "internal", "web", "generate.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range module(t).Require {
		if r.Mod.Path == templ && !strings.Contains(string(text), templ+"/cmd/templ@"+r.Mod.Version+" ") {
			t.Errorf("internal/web/generate.go runs another templ than %s of go.mod", r.Mod.Version)
		}
	}
}

// use is one room's import of a module.
type use struct {
	module, room string
	test         bool
}

// usersOf finds who imports the modules; a path belongs to the longest one.
func usersOf(t *testing.T, modules []string) []use {
	t.Helper()
	var all []use
	for _, f := range sources(t) {
		for _, path := range f.Imports() {
			longest := ""
			for _, m := range modules {
				if below(path, m) && len(m) > len(longest) {
					longest = m
				}
			}
			if u := (use{longest, f.Room(), f.Test}); longest != "" && !slices.Contains(all, u) {
				all = append(all, u)
			}
		}
	}
	return all
}

// checkUsers holds the cell with a module's rooms against those that import it.
func checkUsers(t *testing.T, module, cell string, users []use) {
	t.Helper()
	tests := strings.HasPrefix(cell, "tests of ")
	rooms := named(cell)
	for _, name := range rooms {
		if !slices.ContainsFunc(users, func(u use) bool { return u.module == module && below(u.room, name) && u.test == tests }) {
			t.Errorf("%s: %s is not imported by %s", dependencies, module, name)
		}
	}
	for _, u := range users {
		if u.module == module && !u.test && !slices.ContainsFunc(rooms, func(name string) bool { return below(u.room, name) }) {
			t.Errorf("%s: %s is imported by %s, too", dependencies, module, u.room)
		}
	}
}

// What is said to be done by hand is there.
func TestWhatIsDoneByHandIsThere(t *testing.T) {
	for _, row := range tableRows(t, "By hand") {
		if len(row) != 3 || len(named(row[1])) == 0 || row[2] == "" {
			t.Errorf("%s: what, where and why are wanted: %q", dependencies, row)
			continue
		}
		for _, place := range named(row[1]) {
			if _, err := os.Stat(filepath.Join(root, place)); err != nil {
				t.Errorf("%s names %s, which is not there", dependencies, place)
			}
		}
	}
}
