package yamldoc

import "unicode"

// resync is how many characters of source one character of a value may take:
// the longest escape of a double-quoted scalar is \UXXXXXXXX.
const resync = 10

// Locate gives the line and column in the file of the offset-th character of
// this String. The value and the source differ by quotes, escapes, indentation
// and folded lines, so both are walked side by side: white space matches any
// white space, every other character the next one that is the same.
func (n *Node) Locate(offset int) (line, column int) {
	c := cursor{lines: n.lines, line: n.Line - 1, column: n.Column - 1}
	switch {
	case n.block:
		c.line, c.column = c.line+1, 0 // the text begins below its "|" or ">"
	case n.quoted:
		c.column++
	}
	for i, r := range []rune(n.Text()) {
		if unicode.IsSpace(r) {
			c.skipSpace()
			continue
		}
		c.seek(r)
		if i >= offset {
			break
		}
		c.next()
	}
	return c.line + 1, c.column + 1
}

type cursor struct {
	lines        [][]rune
	line, column int
}

// peek gives the character here; the end of a line reads as '\n'. It is false
// at the end of the source.
func (c *cursor) peek() (rune, bool) {
	if c.line < 0 || c.line >= len(c.lines) {
		return 0, false
	}
	if c.column >= len(c.lines[c.line]) {
		return '\n', true
	}
	return c.lines[c.line][c.column], true
}

func (c *cursor) next() {
	if c.line < len(c.lines) && c.column >= len(c.lines[c.line]) {
		c.line, c.column = c.line+1, 0
		return
	}
	c.column++
}

func (c *cursor) skipSpace() {
	for r, ok := c.peek(); ok && unicode.IsSpace(r); r, ok = c.peek() {
		c.next()
	}
}

// seek moves to the next r; where none is near (an escape wrote it) it stays.
func (c *cursor) seek(r rune) {
	c.skipSpace()
	start := *c
	for range resync {
		got, ok := c.peek()
		if !ok {
			break
		}
		if got == r {
			return
		}
		c.next()
	}
	*c = start
}
