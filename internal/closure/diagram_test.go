package closure

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	fence = regexp.MustCompile("(?s)```mermaid\nstateDiagram-v2\n(.*?)```")
	edge  = regexp.MustCompile(`^\s*(\S+) --> ([^\s:]+)(?:: (.*))?$`)
	event = regexp.MustCompile(`[a-z_]+`)
)

// The diagrams in the documents are the table: no arrow too many, none missing.
func TestTheDiagramsAreTheTable(t *testing.T) {
	want := arrows()
	for _, page := range []string{"../../docs/closure-cycle.md", "../../README.md", "../../README.zh-CN.md"} {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		diagram := fence.FindSubmatch(text)
		if diagram == nil {
			t.Errorf("%s has no state diagram", page)
			continue
		}
		drawn := arrowsOf(string(diagram[1]))
		for _, a := range drawn {
			if !slices.Contains(want, a) {
				t.Errorf("%s draws %s, which cannot happen", page, a)
			}
		}
		for _, a := range want {
			if !slices.Contains(drawn, a) {
				t.Errorf("%s does not draw %s", page, a)
			}
		}
	}
}

// arrows gives what can happen under any plan, and where a closure begins and
// ends.
func arrows() []string {
	all := []string{arrow("[*]", "", string(Requested))}
	for _, s := range States() {
		if s.Ended() {
			all = append(all, arrow(string(s), "", "[*]"))
		}
		for _, e := range events() {
			for i := range 8 {
				plan := ways{review: i&1 > 0, coolingOff: i&2 > 0, signInWithdraws: i&4 > 0}
				if next, ok := stateAfter(s, e, plan); ok {
					all = append(all, arrow(string(s), string(e), string(next)))
				}
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// arrowsOf reads a diagram. An arrow's label names its events; words of another
// script may stand beside them.
func arrowsOf(diagram string) []string {
	var all []string
	for line := range strings.Lines(diagram) {
		m := edge.FindStringSubmatch(strings.TrimRight(line, "\r\n"))
		if m == nil {
			continue
		}
		events := event.FindAllString(m[3], -1)
		if len(events) == 0 {
			events = []string{""}
		}
		for _, e := range events {
			all = append(all, arrow(m[1], e, m[2]))
		}
	}
	return all
}

func arrow(from, e, to string) string {
	if e == "" {
		return from + " → " + to
	}
	return from + " → " + to + " by " + e
}
