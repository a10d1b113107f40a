package dissolution

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// What must be true of every way through, said by other words than the table's.
func TestEveryWayThroughTheStates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		state, announced, open := Attesting, false, false
		for range rapid.IntRange(0, 30).Draw(t, "steps") {
			e := rapid.SampledFrom(events()).Draw(t, "event")
			next, ok := stateAfter(state, e)
			if !ok {
				continue
			}
			switch {
			case state.ended():
				t.Fatalf("%s is an end, and went on to %s", state, next)
			case next == Releasing && (!announced || open):
				t.Fatal("released without a notice, or with an objection open")
			case next == Erasing && state != Releasing, next == Closed && state != Erasing:
				t.Fatalf("%s after %s", next, state)
			case (state == Releasing || state == Erasing) && (next == Withdrawn || next == Cancelled || next == Announced):
				t.Fatalf("there is no way back, but %s led to %s", state, next)
			case next == Cancelled && (!open || e != uphold), e == uphold && next != Cancelled:
				t.Fatalf("%s led to %s", e, next)
			case e == withdraw && next != Withdrawn:
				t.Fatalf("withdrawn to %s", next)
			}
			announced = announced || next == Announced
			open = next == Objected
			state = next
		}
	})
}

func TestNoStateIsATrap(t *testing.T) {
	for _, s := range States() {
		ways := 0
		for _, e := range events() {
			if _, ok := stateAfter(s, e); ok {
				ways++
			}
		}
		if s.ended() != (ways == 0) {
			t.Errorf("%s: %d ways on", s, ways)
		}
	}
}

// The day of the notice does not count, and the last day counts to its midnight.
func TestDaysOfANotice(t *testing.T) {
	for k, want := range map[Kind]string{General: "2026-04-16 16:00", Simple: "2026-03-22 16:00"} {
		day := time.Date(2026, 3, 2, 0, 0, 0, 0, zone)
		if got := k.until(day).UTC().Format("2006-01-02 15:04"); got != want {
			t.Errorf("%s: over at %s, want %s", k, got, want)
		}
	}
}

var (
	fence = regexp.MustCompile("(?s)```mermaid\nstateDiagram-v2\n(.*?)```")
	edge  = regexp.MustCompile(`(?m)^\s*(\S+) --> ([^\s:]+)(?:: (\S+))?$`)
)

// The diagram in the document is the table: no arrow too many, none missing.
func TestTheDiagramIsTheTable(t *testing.T) {
	text, err := os.ReadFile("../../docs/dissolution.md")
	if err != nil {
		t.Fatal(err)
	}
	diagram := fence.FindSubmatch(text)
	if diagram == nil {
		t.Fatal("no diagram")
	}
	var drawn []string
	for _, m := range edge.FindAllStringSubmatch(string(diagram[1]), -1) {
		drawn = append(drawn, strings.Join(m[1:], " "))
	}
	want := []string{"[*] attesting "}
	for _, s := range States() {
		if s.ended() {
			want = append(want, string(s)+" [*] ")
		}
		for _, e := range events() {
			if next, ok := stateAfter(s, e); ok {
				want = append(want, strings.Join([]string{string(s), string(next), string(e)}, " "))
			}
		}
	}
	slices.Sort(drawn)
	slices.Sort(want)
	if !slices.Equal(drawn, want) {
		t.Errorf("drawn %q\nwant  %q", drawn, want)
	}
}
