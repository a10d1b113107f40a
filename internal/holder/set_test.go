package holder_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
)

// named is a holder that has a name and answers Check and Close with err.
type named struct {
	holder.Holder
	name string
	err  error
}

func (n named) Describe() holder.Description { return holder.Description{Name: n.name} }
func (n named) Check(context.Context) error  { return n.err }
func (n named) Close() error                 { return n.err }

func TestSetKeepsItsOrder(t *testing.T) {
	set, err := holder.NewSet(named{name: "files"}, named{name: "crm"}, named{name: "archive"})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"files", "crm", "archive"}
	if got := set.Names(); !slices.Equal(got, want) {
		t.Errorf("names %v, want %v", got, want)
	}
	for i, d := range set.Describe() {
		if d.Name != want[i] {
			t.Errorf("description %d is %s, want %s", i, d.Name, want[i])
		}
	}
	if h, err := set.Get("crm"); err != nil || h.Describe().Name != "crm" {
		t.Errorf("Get: %v, %v", h, err)
	}
	if _, err := set.Get("gone"); !fault.Is(err, "holder_unknown") {
		t.Errorf("an unknown holder: %v", err)
	}
}

func TestSetRefusesNames(t *testing.T) {
	for _, holders := range [][]holder.Holder{{named{}}, {named{name: "crm"}, named{name: "crm"}}} {
		if _, err := holder.NewSet(holders...); !fault.Is(err, "holder_name") {
			t.Errorf("%v: %v", holders, err)
		}
	}
}

func TestSetClosesAllEvenWhenOneFails(t *testing.T) {
	down := errors.New("down")
	set, err := holder.NewSet(named{name: "a"}, named{name: "b", err: down}, named{name: "c"})
	if err != nil {
		t.Fatal(err)
	}
	if err := set.Close(); !errors.Is(err, down) {
		t.Errorf("Close: %v", err)
	}
}

func TestNoSetHoldsNothing(t *testing.T) {
	var set *holder.Set
	if len(set.Names()) != 0 || set.Close() != nil {
		t.Error("a nil set is not empty")
	}
	if _, err := set.Get("crm"); !fault.Is(err, "holder_unknown") {
		t.Errorf("got %v", err)
	}
}

func TestReceiptGrowsAndKeepsItsDates(t *testing.T) {
	var r holder.Receipt
	r.Add(holder.Item{Name: "invoices", Action: holder.Keep, Count: 2, Until: "2036-01-02"})
	r.Add(holder.Item{Name: "invoices", Action: holder.Keep, Count: 1, Until: "2037-01-02"}, holder.Item{Name: "files", Action: holder.Delete, Count: 4, Bytes: 9})
	if len(r.Items) != 2 || r.Items[0].Count != 3 || r.Items[0].Until != "2036-01-02" || holder.Total(r.Items) != 7 {
		t.Errorf("got %+v", r)
	}
}

func TestSubjectsDoNotReachLogs(t *testing.T) {
	s := holder.Subject{Account: "a-1", Identifiers: map[string][]string{"email": {"li@example.com"}}, Successor: &holder.Subject{Account: "a-2"}}
	task := holder.Task{Key: "k", Subject: s}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		for _, v := range []any{s, &s, task.Subject} {
			if got := fmt.Sprintf(verb, v); got != "(a person)" {
				t.Errorf("%s of %T gives %s", verb, v, got)
			}
		}
	}
}

func TestIncompleteTasksAreRefused(t *testing.T) {
	whole := func() holder.Task {
		return holder.Task{Key: "k", At: time.Unix(1, 0), Subject: holder.Subject{Account: "a", Pseudonym: "p"}}
	}
	if err := whole().Usable(); err != nil {
		t.Fatal(err)
	}
	for code, spoil := range map[string][]func(*holder.Task){
		"holder_task_incomplete": {
			func(t *holder.Task) { t.Key = "" }, func(t *holder.Task) { t.At = time.Time{} }, func(t *holder.Task) { t.Subject.Pseudonym = "" },
		},
		"holder_subject_incomplete": {
			func(t *holder.Task) { t.Subject.Account = "" },
			func(t *holder.Task) { t.Subject.Identifiers = map[string][]string{"email": {"a@b.c", ""}} },
			func(t *holder.Task) { t.Subject.Successor = &holder.Subject{} },
		},
	} {
		for i, f := range spoil {
			task := whole()
			f(&task)
			if err := task.Usable(); !fault.Is(err, code) {
				t.Errorf("%s %d: %v", code, i, err)
			}
		}
	}
}
