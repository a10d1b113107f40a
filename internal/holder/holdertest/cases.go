package holdertest

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
)

func describes(t *testing.T, f *Fixture) {
	if err := f.Holder.Check(t.Context()); err != nil {
		t.Fatalf("check: %v", err)
	}
	d := f.Holder.Describe()
	if d.Name == "" || d.Kind == "" || len(d.Items) == 0 {
		t.Errorf("description %+v", d)
	}
	leaver, _, _ := People()
	items := count(t, f, leaver)
	if len(items) != len(d.Items) {
		t.Fatalf("counts %d items of %d", len(items), len(d.Items))
	}
	for i, item := range items {
		same(t, "item", item, d.Items[i].Item())
	}
}

func erasesOnce(t *testing.T, f *Fixture) {
	leaver, colleague, _ := People()
	f.Plant(t, colleague)
	f.Plant(t, leaver)
	before := count(t, f, leaver)
	for _, item := range before {
		if item.Count == 0 {
			t.Fatalf("the fixture plants nothing under %s", item.Name)
		}
	}
	tr := newTries(leaver)
	first := tr.erase(t, f)
	same(t, "receipt", counts(first.Items), counts(before))
	gone(t, f, leaver)
	for _, item := range first.Items {
		if (item.Action == holder.Keep) != (item.Basis != "") {
			t.Errorf("%s: action %s with the basis %q", item.Name, item.Action, item.Basis)
		}
	}
	same(t, "second receipt", tr.erase(t, f), first)
	text, err := json.Marshal(first)
	if err != nil || trace(string(text), leaver) != "" {
		t.Errorf("the receipt %s (%v) names the person", text, err)
	}
}

func erasesLate(t *testing.T, f *Fixture) {
	leaver, colleague, _ := People()
	f.Plant(t, colleague)
	f.Plant(t, leaver)
	tr := newTries(leaver)
	first := tr.erase(t, f)
	f.Plant(t, leaver)
	late := count(t, f, leaver)
	second := tr.erase(t, f)
	gone(t, f, leaver)
	want := first
	want.Items = append([]holder.Item(nil), first.Items...)
	want.Add(late...)
	same(t, "receipt of both", second, want)
}

func findsLeftovers(t *testing.T, f *Fixture) {
	leaver, colleague, _ := People()
	f.Plant(t, colleague)
	f.Plant(t, leaver)
	newTries(leaver).erase(t, f)
	f.Plant(t, leaver)
	left, err := f.Holder.Verify(t.Context(), leaver)
	if err != nil {
		t.Fatal(err)
	}
	found := counts(left.Items)
	for _, item := range f.Holder.Describe().Items {
		if found[item.Name][0] == 0 {
			t.Errorf("what is left under %s was not found", item.Name)
		}
	}
}

func leavesOthers(t *testing.T, f *Fixture) {
	leaver, colleague, other := People()
	f.Plant(t, colleague)
	f.Plant(t, other)
	before := f.Snapshot(t)
	f.Plant(t, leaver)
	newTries(leaver).erase(t, f)
	untouched(t, before, f.Snapshot(t))
}

func knowsNobody(t *testing.T, f *Fixture) {
	leaver, _, other := People()
	f.Plant(t, other)
	before := f.Snapshot(t)
	if n := holder.Total(newTries(leaver).erase(t, f).Items); n != 0 {
		t.Errorf("erased %d of a stranger", n)
	}
	gone(t, f, leaver)
	untouched(t, before, f.Snapshot(t))
}

func survivesInterruption(t *testing.T, f *Fixture) {
	if f.Interrupt == nil {
		return
	}
	leaver, colleague, _ := People()
	f.Plant(t, colleague)
	f.Plant(t, leaver)
	before := count(t, f, leaver)
	tr := newTries(leaver)
	task := tr.next()
	mend := f.Interrupt(t, &task)
	_, err := f.Holder.Erase(t.Context(), task)
	silent(t, err, leaver, colleague)
	left, err := f.Holder.Verify(t.Context(), leaver)
	if err != nil || len(left.Items) == 0 {
		t.Errorf("an interrupted erasure passes for a whole one: %+v, %v", left, err)
	}
	mend()
	same(t, "receipt", counts(tr.erase(t, f).Items), counts(before))
	gone(t, f, leaver)
}

func survivesLostAnswer(t *testing.T, f *Fixture) {
	if f.Lose == nil {
		return
	}
	leaver, colleague, _ := People()
	f.Plant(t, colleague)
	f.Plant(t, leaver)
	before := count(t, f, leaver)
	tr := newTries(leaver)
	f.Lose(t)
	_, err := f.Holder.Erase(t.Context(), tr.next())
	silent(t, err, leaver, colleague)
	gone(t, f, leaver)
	same(t, "receipt", counts(tr.erase(t, f).Items), counts(before))
	gone(t, f, leaver)
}

// patience is how long a holder may take to let go: far more than it needs, on
// a machine that is busy with other tests.
const patience = 20 * time.Second

func letsGo(t *testing.T, f *Fixture) {
	leaver, colleague, _ := People()
	f.Plant(t, colleague)
	f.Plant(t, leaver)
	before := count(t, f, leaver)
	tr := newTries(leaver)
	over, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := f.Holder.Erase(over, tr.next())
	if !errors.Is(err, context.Canceled) {
		t.Errorf("after a cancel: %v", err)
	}
	if f.Hang != nil {
		release := f.Hang(t)
		short, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		answer := make(chan error, 1)
		go func() {
			_, err := f.Holder.Erase(short, tr.next())
			answer <- err
		}()
		select {
		case err := <-answer:
			silent(t, err, leaver, colleague)
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("after the deadline: %v", err)
			}
		case <-time.After(patience):
			t.Error("hangs with its holder")
		}
		release()
	}
	same(t, "receipt", counts(tr.erase(t, f).Items), counts(before))
	gone(t, f, leaver)
}

func refusesHalf(t *testing.T, f *Fixture) {
	leaver, _, _ := People()
	f.Plant(t, leaver)
	before := f.Snapshot(t)
	for _, spoil := range []func(*holder.Task){
		func(t *holder.Task) { t.Key = "" },
		func(t *holder.Task) { t.At = time.Time{} },
		func(t *holder.Task) { t.Subject.Pseudonym = "" },
		func(t *holder.Task) { t.Subject.Account = "" },
		func(t *holder.Task) { t.Subject.Identifiers = map[string][]string{holder.ByMobile: {""}} },
	} {
		task := newTries(leaver).next()
		spoil(&task)
		if _, err := f.Holder.Erase(t.Context(), task); fault.Of(err).Kind != fault.Invalid {
			t.Errorf("half a task: %v", err)
		}
	}
	if _, err := f.Holder.Count(t.Context(), holder.Subject{}); !fault.Is(err, "holder_subject_incomplete") {
		t.Errorf("nobody counted: %v", err)
	}
	if _, err := f.Holder.Verify(t.Context(), holder.Subject{}); !fault.Is(err, "holder_subject_incomplete") {
		t.Errorf("nobody verified: %v", err)
	}
	same(t, "what is held", f.Snapshot(t), before)
}
