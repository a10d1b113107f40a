package arch

import (
	"go/ast"
	"go/token"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/source"
)

// The two stories walk from a request to its last effect, file by file.
const (
	closureStory = "docs/closure-cycle.md"
	signOutStory = "docs/sign-out.md"
)

// noSteps are the files of the rooms below that no story enters: what their steps
// stand on, and what is only looked at or set up beside them. Every other file is
// a step, and told in one of the two.
var noSteps = map[string]string{
	"closure/tx.go":       "what they ask of a transaction",
	"closure/policies.go": "where policies and calendars are read",
	"closure/install.go":  "installing policies and calendars",
	"closure/pressing.go": "the console's list of what is due",
	"session/service.go":  "what all steps share",
	"session/tx.go":       "what they ask of a transaction",
	"session/session.go":  "what a session is",
}

// foreign are names and packages in the documents' code that look like ours and
// are not, and that nothing here imports.
var foreign = []string{"HttpOnly", "jsontext"}

var (
	codeFile = regexp.MustCompile(`^[\w.-]+(/[\w.-]+)*\.(go|templ|sql|js|css)$`)
	codeDir  = regexp.MustCompile(`^[a-z]\w*(/[a-z]\w*)+$`)
	ofRoom   = regexp.MustCompile(`^([a-z]\w*)\.[A-Z]\w*(?:\.[A-Za-z]\w*)?$`)
	twoHumps = regexp.MustCompile(`^[A-Z][a-z0-9]+[A-Z]\w*$`)
	linked   = regexp.MustCompile("\\[`([^`\n]+)`\\]\\(([^)#\\s]+)\\)")
)

// house is what there is to be named: files and folders from the top of the
// repository, and what packages declare.
type house struct {
	files, dirs map[string]bool
	packages    map[string]bool // by name
	imported    map[string]bool // packages of others, by the last part of their paths
	declared    map[string]bool // "package.Name", "package.Type.member", "Name"
}

func theHouse(t *testing.T) *house {
	t.Helper()
	h := &house{files: map[string]bool{}, dirs: map[string]bool{}, packages: map[string]bool{}, imported: map[string]bool{}, declared: map[string]bool{}}
	err := textFiles(func(file string, _ []byte) error {
		h.files[file] = true
		for dir := path.Dir(file); dir != "."; dir = path.Dir(dir) {
			h.dirs[dir] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range sources(t) {
		h.packages[f.Tree.Name.Name] = true
		for _, imported := range f.Imports() {
			h.imported[path.Base(imported)] = true
		}
		for _, d := range f.Tree.Decls {
			for _, name := range declarations(d) {
				h.declared[name], h.declared[f.Tree.Name.Name+"."+name] = true, true
				if _, member, ok := strings.Cut(name, "."); ok { // whatever type it is of
					h.declared[member], h.declared[f.Tree.Name.Name+"."+member] = true, true
				}
			}
		}
	}
	return h
}

// declarations are the names that a declaration makes: "Name", and "Type.member"
// of methods and of the fields and methods of types.
func declarations(d ast.Decl) (names []string) {
	if f, ok := d.(*ast.FuncDecl); ok {
		if f.Recv == nil {
			return []string{f.Name.Name}
		}
		of := f.Recv.List[0].Type
		if star, ok := of.(*ast.StarExpr); ok {
			of = star.X
		}
		if id, ok := of.(*ast.Ident); ok {
			return []string{id.Name + "." + f.Name.Name}
		}
		return nil
	}
	g, ok := d.(*ast.GenDecl)
	if !ok {
		return nil
	}
	for _, spec := range g.Specs {
		switch s := spec.(type) {
		case *ast.ValueSpec:
			for _, id := range s.Names {
				names = append(names, id.Name)
			}
		case *ast.TypeSpec:
			names = append(names, s.Name.Name)
			for _, member := range members(s.Type) {
				names = append(names, s.Name.Name+"."+member)
			}
		}
	}
	return names
}

func members(of ast.Expr) (names []string) {
	var fields *ast.FieldList
	switch x := of.(type) {
	case *ast.StructType:
		fields = x.Fields
	case *ast.InterfaceType:
		fields = x.Methods
	default:
		return nil
	}
	for _, f := range fields.List {
		for _, id := range f.Names {
			names = append(names, id.Name)
		}
	}
	return names
}

// file gives the path of a file that a document names from the top or from
// internal/, "" for none.
func (h *house) file(name string) string {
	for _, at := range []string{name, "internal/" + name} {
		if h.files[at] {
			return at
		}
	}
	return ""
}

// gone says what is wrong with a name in a document's code, "" for nothing, also
// where it is no name of ours.
func (h *house) gone(name string) string {
	name = strings.TrimSuffix(name, "()")
	switch m := ofRoom.FindStringSubmatch(name); {
	case codeFile.MatchString(name):
		if h.file(name) == "" {
			return "which is no file, neither from the top nor from internal/"
		}
	case codeDir.MatchString(name):
		first, _, _ := strings.Cut(name, "/")
		if (h.dirs[first] || h.dirs["internal/"+first]) && !h.dirs[name] && !h.dirs["internal/"+name] {
			return "which is no folder, neither from the top nor from internal/"
		}
	case len(m) > 0 && !h.packages[m[1]]:
		if h.imported[m[1]] || slices.Contains(foreign, m[1]) {
			return ""
		}
		return "which is of no package here"
	case len(m) > 0 && !h.declared[name]:
		return "which is not declared"
	case len(m) == 0 && twoHumps.MatchString(name) && !h.declared[name] && !slices.Contains(foreign, name):
		return "which nothing here is called"
	}
	return ""
}

// codeIn gives a document's code, without what stands in fences.
func codeIn(text string) (all []string) {
	for _, span := range code.FindAllString(fence.ReplaceAllString(text, ""), -1) {
		all = append(all, strings.Trim(span, "`"))
	}
	return all
}

// documents visits what stands in docs/.
func documents(t *testing.T, visit func(file, text string)) {
	t.Helper()
	n := 0
	err := textFiles(func(file string, text []byte) error {
		if path.Dir(file) == "docs" && path.Ext(file) == ".md" {
			n++
			visit(file, string(text))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n == 0 {
		t.Fatal("no documents found")
	}
}

// A file, a folder, a function or a test that a document names is there.
func TestWhatDocumentsNameIsThere(t *testing.T) {
	h := theHouse(t)
	documents(t, func(file, text string) {
		for _, name := range codeIn(text) {
			if why := h.gone(name); why != "" {
				t.Errorf("%s names %s, %s", file, name, why)
			}
		}
		for _, m := range linked.FindAllStringSubmatch(fence.ReplaceAllString(text, ""), -1) {
			if at := h.file(m[1]); codeFile.MatchString(m[1]) && at != "" && at != path.Join(path.Dir(file), m[2]) {
				t.Errorf("%s says %s and links to %s", file, m[1], m[2])
			}
		}
	})
}

// The test above must be able to fail.
func TestALostNameIsSeen(t *testing.T) {
	h := theHouse(t)
	for _, name := range []string{"closure/request.go", "internal/closure/request.go", "web/leave/close.templ", "closure.Service.Request", "session.End",
		"closure", "application/yaml", "web/people", "LockAccount", "TestALostNameIsSeen", "DELETE", "session.activity_lag", "audit.Sequencer", "Service.Rand()", "http.CrossOriginProtection"} {
		if why := h.gone(name); why != "" {
			t.Errorf("%s is not there: %s", name, why)
		}
	}
	for _, name := range []string{"closure/requested.go", "request.go", "closure.Requests", "closure.Service.Requests", "sessions.End", "session/nothing",
		"LockAccountant", "TestALostNameIsNotSeen", "session.DeviceOf"} {
		if h.gone(name) == "" {
			t.Errorf("nobody misses %s", name)
		}
	}
}

// Whoever adds a step to one of the flows tells it, so that a reader of the story
// has met every file of the two rooms.
func TestTheStoriesEnterEveryStep(t *testing.T) {
	told := map[string]bool{}
	documents(t, func(file, text string) {
		if file == closureStory || file == signOutStory {
			for _, name := range codeIn(text) {
				told[name] = true
			}
		}
	})
	there := map[string]bool{}
	for _, f := range sources(t) {
		if f.Test || f.Dir != "internal/closure" && f.Dir != "internal/session" {
			continue
		}
		name := strings.TrimPrefix(f.Path, "internal/")
		there[name] = true
		_, apart := noSteps[name]
		switch {
		case !told[name] && !apart:
			t.Errorf("%s is told in neither %s nor %s", name, closureStory, signOutStory)
		case told[name] && apart:
			t.Errorf("%s is told, and stands among those that are no steps", name)
		}
	}
	for name := range noSteps {
		if !there[name] {
			t.Errorf("%s is no file any more", name)
		}
	}
}

// The points at which a crash must do no harm are those that the story explains.
func TestTheStoryExplainsEveryPointOfACrash(t *testing.T) {
	text := ""
	documents(t, func(file, all string) {
		if file == closureStory {
			text = all
		}
	})
	points := 0
	rooms := []string{"closure", "erasure", "delivery"}
	inspect(t, func(f *source.File) bool { return !f.Test && slices.Contains(rooms, f.Room()) }, func(f *source.File, n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) != 1 || !strings.EqualFold(called(call), "probe") {
			return true
		}
		var point string
		ast.Inspect(call.Args[0], func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && point == "" {
				point = strings.Trim(lit.Value, `":`)
			}
			return true
		})
		if point == "" {
			return true // handed on
		}
		points++
		if !strings.Contains(text, "`"+point+"`") {
			t.Errorf("%s: %s does not explain the point %s", f.At(n), filepath.Base(closureStory), point)
		}
		return true
	})
	if points == 0 {
		t.Error("no points found: the pattern no longer fits")
	}
}

func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.SelectorExpr:
		return f.Sel.Name
	case *ast.Ident:
		return f.Name
	}
	return ""
}
