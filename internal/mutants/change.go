package main

import "fmt"

// change is one small change of the code, behind the switch of its number.
type change struct {
	id    int
	room  string
	file  string // from the top of the repository
	line  int
	in    string // the function
	kind  kind
	what  string // the code that is changed, on one line
	state state
	by    string // the test that noticed
	asked int    // how many tests pass the place
}

// kind is a way to change code.
type kind string

// The kinds. An error that is only handed on (err != nil) is turned around, but
// never ignored: that would ask for a database that fails at every single
// statement.
const (
	turned    kind = "turned around"  // a == b becomes a != b
	shifted   kind = "shifted by one" // a < b becomes a <= b
	joined    kind = "joined"         // a && b becomes a || b
	reckoned  kind = "reckoned"       // a + b becomes a - b
	never     kind = "never"          // if a becomes if false
	leftOut   kind = "left out"       // a statement does not happen
	forgotten kind = "forgotten"      // a field or entry keeps its zero value
)

// state is what became of a change.
type state string

const (
	survived  state = "survived"
	killed    state = "killed"
	unreached state = "unreached" // no test comes to where it would matter
)

// name finds a change again when lines have moved.
func (c *change) name() string {
	return fmt.Sprintf("%s %s: %s: %s", c.file, c.in, c.kind, c.what)
}
