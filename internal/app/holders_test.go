package app_test

import (
	"context"
	"maps"
	"sync"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/holder"
)

// shelf is a data holder in memory that does what it should: it keeps things of
// people, erases them, and remembers by the task's key what it erased.
type shelf struct {
	name   string
	mu     sync.Mutex
	things map[string]int64 // by account
	erased map[string]int64 // by the tasks' keys
	calls  map[string]int   // of Erase, by the tasks' keys
}

func newShelf(name string) *shelf {
	return &shelf{name: name, things: map[string]int64{}, erased: map[string]int64{}, calls: map[string]int{}}
}

func (s *shelf) put(account string, n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.things[account] += n
}

func (s *shelf) Describe() holder.Description {
	return holder.Description{Name: s.name, Kind: "shelf", Title: map[string]string{"zh-CN": "架", "en": "Shelf"},
		Items: []holder.Described{{Name: "things", Action: holder.Delete}}}
}

func (s *shelf) Check(context.Context) error { return nil }

func (s *shelf) Count(_ context.Context, p holder.Subject) ([]holder.Item, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return []holder.Item{{Name: "things", Action: holder.Delete, Count: s.things[p.Account]}}, nil
}

func (s *shelf) Erase(ctx context.Context, t holder.Task) (holder.Receipt, error) {
	if err := t.Usable(); err != nil {
		return holder.Receipt{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[t.Key]++
	s.erased[t.Key] += s.things[t.Subject.Account]
	delete(s.things, t.Subject.Account)
	return holder.Receipt{Items: []holder.Item{{Name: "things", Action: holder.Delete, Count: s.erased[t.Key]}}}, ctx.Err()
}

func (s *shelf) Verify(_ context.Context, p holder.Subject) (holder.Leftovers, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := s.things[p.Account]; n > 0 {
		return holder.Leftovers{Items: []holder.Item{{Name: "things", Action: holder.Delete, Count: n}}}, nil
	}
	return holder.Leftovers{}, nil
}

func (s *shelf) Close() error { return nil }

// called gives how often Erase was called for each key.
func (s *shelf) called() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.calls)
}

// withHolders gives a world the data holders of a test, two shelves where the
// test names none.
func withHolders(t testing.TB, all ...holder.Holder) apptest.Option {
	if len(all) == 0 {
		all = []holder.Holder{newShelf("shelf-a"), newShelf("shelf-b")}
	}
	set, err := holder.NewSet(all...)
	if err != nil {
		t.Fatal(err)
	}
	return func(_ *config.Config, w *app.World) { w.Holders = set }
}
