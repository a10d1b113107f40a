package holdertest

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/holder"
)

// At is the instant of every erasure of the suite.
func At() time.Time { return time.Date(2026, 3, 31, 23, 30, 0, 0, time.UTC) }

// tries is one task as a caller works on it: every try finds what the last one
// saved.
type tries struct {
	task holder.Task
}

func newTries(who holder.Subject) *tries {
	return &tries{holder.Task{Key: "closure-" + who.Pseudonym + "/holder", Subject: who, At: At()}}
}

// next gives the task for one more try.
func (tr *tries) next() holder.Task {
	t := tr.task
	t.Save = func(_ context.Context, progress []byte) error {
		tr.task.Progress = append([]byte(nil), progress...)
		return nil
	}
	return t
}

func (tr *tries) erase(t *testing.T, f *Fixture) holder.Receipt {
	t.Helper()
	r, err := f.Holder.Erase(t.Context(), tr.next())
	if err != nil {
		t.Fatalf("erase: %v", err)
	}
	return r
}

func count(t *testing.T, f *Fixture, who holder.Subject) []holder.Item {
	t.Helper()
	items, err := f.Holder.Count(t.Context(), who)
	if err != nil {
		t.Fatalf("count: %v", err)
	}
	return items
}

func gone(t *testing.T, f *Fixture, who holder.Subject) {
	t.Helper()
	left, err := f.Holder.Verify(t.Context(), who)
	if err != nil {
		t.Fatalf("verify: %v", err)
	}
	if len(left.Items) > 0 {
		t.Errorf("left over: %+v", left.Items)
	}
	for key, value := range f.Snapshot(t) {
		if v := trace(key+value, who); v != "" {
			t.Fatalf("%s still says %s: %s", key, v, value)
		}
	}
}

// untouched fails when something that was held is not as it was.
func untouched(t *testing.T, before, after map[string]string) {
	t.Helper()
	for key, value := range before {
		if after[key] != value {
			t.Fatalf("%s was %q and is %q", key, value, after[key])
		}
	}
}

// trace finds a value of the person in a text; user names are words that may
// stand anywhere.
func trace(text string, who holder.Subject) string {
	text = strings.ToLower(text)
	for _, kind := range []string{holder.ByAccount, holder.ByEmail, holder.ByMobile} {
		for _, v := range who.Key(kind) {
			if strings.Contains(text, strings.ToLower(v)) {
				return v
			}
		}
	}
	return ""
}

// silent fails when an error says who it was about.
func silent(t *testing.T, err error, people ...holder.Subject) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	for _, who := range people {
		if v := trace(err.Error(), who); v != "" {
			t.Errorf("the error %q names %s", err, v)
		}
	}
}

// counts reduces items to what was counted.
func counts(items []holder.Item) map[string][2]int64 {
	all := map[string][2]int64{}
	for _, i := range items {
		all[i.Name] = [2]int64{i.Count, i.Bytes}
	}
	return all
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}
