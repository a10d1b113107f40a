package source_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/signoff-id/signoff/internal/source"
)

// small is a module with one name of each sort: those that somebody outside
// needs, in whichever way, and those that nobody does.
var small = map[string]string{
	"go.mod": "module " + source.Module + "\n\ngo 1.26\n",
	"internal/room/room.go": `// Package room is looked at.
package room

import "fmt"

const Nobody = 1

const Tested = 2

type Colour string

const (
	Red  Colour = "red" // of a vocabulary in use
	Blue Colour = "blue"
)

type Alone string

const One Alone = "one"

type Base struct {
	Shared string ` + "`json:\"shared\"`" + `
}

type Thing struct {
	Base
	Read    int
	Unread  int
	Tagged  int ` + "`json:\"tagged\"`" + `
	Printed int
}

func New() *Thing { fmt.Println(Nobody, One); return &Thing{Unread: 1} }

func (t *Thing) String() string { return "" }
func (t *Thing) Called()        {}
func (t *Thing) Uncalled()      {}

type Result struct{}

func Make() Result { return Result{} }

type Generic[T any] struct{ V T }

func (g *Generic[T]) Get() T { return g.V }

type inner struct{ Any int }
`,
	"internal/room/inside_test.go": `package room

func ForTests() int { return Nobody }
`,
	"internal/room/room_test.go": `package room_test

import "` + source.Module + `/internal/room"

var _ = room.ForTests() + room.Tested
`,
	"internal/room/text.tmpl": `{{ .Printed }}`,
	"cmd/main.go": `// Command main is what is shipped.
package main

import "` + source.Module + `/internal/room"

func main() {
	t := room.New()
	t.Called()
	t.Read = len(room.Red)
	_ = room.Make()
	var g room.Generic[int]
	g.Get()
}
`,
}

func TestUnneededNamesAreFoundAndNoOthers(t *testing.T) {
	root := t.TempDir()
	for name, text := range small {
		file := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	files, err := source.Read(root)
	if err != nil {
		t.Fatal(err)
	}
	code, err := source.Check(root, files)
	if err != nil {
		t.Fatal(err)
	}
	unneeded, err := code.Unneeded()
	if err != nil {
		t.Fatal(err)
	}
	var nobody, tests []string
	for _, u := range unneeded {
		if u.Tests {
			tests = append(tests, u.Name)
		} else {
			nobody = append(nobody, u.Name)
		}
	}
	if want := []string{"room.Generic.V", "room.Nobody", "room.One", "room.Thing.Uncalled", "room.Thing.Unread"}; !slices.Equal(nobody, want) {
		t.Errorf("for nobody: %v, want %v", nobody, want)
	}
	if want := []string{"room.Tested"}; !slices.Equal(tests, want) {
		t.Errorf("for tests alone: %v, want %v", tests, want)
	}
}
