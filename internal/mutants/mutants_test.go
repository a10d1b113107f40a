package main

import (
	"maps"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A room of one file, with tests that see some of what can be wrong with it.
var example = map[string]string{
	"go.mod": "module example.test/toll\n\ngo 1.26\n",
	"internal/toll/toll.go": `package toll

// Ticket is what a car gets.
type Ticket struct {
	Axles int
	Paid  bool
}

// Charge is the toll of a car.
func Charge(axles int, local bool) (Ticket, int) {
	due := 2 * axles
	if local && axles < 3 {
		due = 0
	}
	return Ticket{Axles: axles, Paid: due == 0}, due
}

// Never is called by no test.
func Never(n int) bool { return n == 3 }
`,
	"internal/toll/toll_test.go": `package toll

import "testing"

func TestStrangersPay(t *testing.T) {
	if ticket, due := Charge(4, false); due != 8 || ticket.Axles != 4 {
		t.Fatal(ticket, due)
	}
}

func TestLocalsDoNot(t *testing.T) {
	if _, due := Charge(2, true); due != 0 {
		t.Fatal(due)
	}
	if _, due := Charge(4, true); due == 0 {
		t.Fatal(due)
	}
}
`,
}

func TestWhatTestsNoticeAndWhatTheyDoNot(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range example {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, dir := t.Context(), t.TempDir()
	all, err := plant(ctx, []string{"toll"}, dir)
	if err != nil {
		t.Fatal(err)
	}
	o := options{tests: []string{"toll"}, workers: 2, slowest: time.Minute}
	programs, err := build(ctx, o, dir)
	if err != nil {
		t.Fatal(err)
	}
	tests, err := rehearse(ctx, programs, o, dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := try(ctx, all, tests, o); err != nil {
		t.Fatal(err)
	}
	for _, ask := range []struct {
		only []int
		many int
	}{{nil, len(all)}, {[]int{1, len(all)}, 2}, {[]int{len(all) + 1}, 0}, {[]int{0}, 0}} {
		if some, err := wanted(all, options{only: ask.only}); len(some) != ask.many || (err != nil) != (ask.many == 0) {
			t.Errorf("numbers %v: %d changes, %v", ask.only, len(some), err)
		}
	}
	list := filepath.Join(t.TempDir(), "names")
	if err := os.WriteFile(list, []byte(all[1].name()+"\nno such change\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if some, err := wanted(all, options{names: list}); err != nil || len(some) != 1 || some[0] != all[1] {
		t.Errorf("by name: %v, %v", some, err)
	}
	got := map[string]state{}
	for _, c := range all {
		got[c.in+", "+string(c.kind)+": "+c.what] = c.state
	}
	want := map[string]state{
		"Charge, reckoned: 2 * axles":        killed,
		"Charge, never: local && axles < 3":  killed,
		"Charge, joined: local && axles < 3": killed,
		"Charge, turned around: axles < 3":   killed,
		"Charge, shifted by one: axles < 3":  unreached, // no local car has three
		"Charge, left out: due = 0":          killed,
		"Charge, forgotten: Axles: axles":    killed,
		"Charge, forgotten: Paid: due == 0":  survived,
		"Charge, turned around: due == 0":    survived,
		"Never, turned around: n == 3":       unreached,
	}
	if !maps.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}
