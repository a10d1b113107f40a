package app_test

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
)

// planted is personal data that a careless data holder puts into everything
// that it says.
const planted = "李雷 lilei@example.com 13800138000"

// unruly is a shelf that misbehaves, for each account in its own way, before it
// does what it should.
type unruly struct {
	*shelf
	mu    sync.Mutex
	moods map[string][]mood // by account, used up one by one
}

// mood is one way to misbehave. It has what the good shelf would do.
type mood struct {
	erase  func(ctx context.Context, t holder.Task, good func() (holder.Receipt, error)) (holder.Receipt, error)
	verify func(ctx context.Context, good func() (holder.Leftovers, error)) (holder.Leftovers, error)
}

func newUnruly(name string) *unruly {
	return &unruly{shelf: newShelf(name), moods: map[string][]mood{}}
}

func (u *unruly) be(account string, moods ...mood) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.moods[account] = moods
}

// next takes the account's next mood if it is of the wanted kind.
func (u *unruly) next(account string, wanted func(mood) bool) mood {
	u.mu.Lock()
	defer u.mu.Unlock()
	left := u.moods[account]
	if len(left) == 0 || !wanted(left[0]) {
		return mood{}
	}
	u.moods[account] = left[1:]
	return left[0]
}

// left is how many moods the account still has to go through.
func (u *unruly) left(account string) int {
	u.mu.Lock()
	defer u.mu.Unlock()
	return len(u.moods[account])
}

func (u *unruly) Erase(ctx context.Context, t holder.Task) (holder.Receipt, error) {
	good := func() (holder.Receipt, error) { return u.shelf.Erase(ctx, t) }
	if m := u.next(t.Subject.Account, func(m mood) bool { return m.erase != nil }); m.erase != nil {
		return m.erase(ctx, t, good)
	}
	return good()
}

func (u *unruly) Verify(ctx context.Context, s holder.Subject) (holder.Leftovers, error) {
	good := func() (holder.Leftovers, error) { return u.shelf.Verify(ctx, s) }
	if m := u.next(s.Account, func(m mood) bool { return m.verify != nil }); m.verify != nil {
		return m.verify(ctx, good)
	}
	return good()
}

func erasing(f func(context.Context, holder.Task, func() (holder.Receipt, error)) (holder.Receipt, error)) mood {
	return mood{erase: f}
}

// The moods.

func fails() mood {
	return erasing(func(context.Context, holder.Task, func() (holder.Receipt, error)) (holder.Receipt, error) {
		return holder.Receipt{}, errors.New("could not delete the row of " + planted)
	})
}

func failsWithFault() mood {
	return erasing(func(context.Context, holder.Task, func() (holder.Receipt, error)) (holder.Receipt, error) {
		return holder.Receipt{}, fault.New(fault.Unavailable, "holder_unreachable", "holder", planted).Because(errors.New(planted))
	})
}

func hangs() mood {
	return erasing(func(ctx context.Context, _ holder.Task, _ func() (holder.Receipt, error)) (holder.Receipt, error) {
		<-ctx.Done()
		return holder.Receipt{}, fmt.Errorf("waiting for %s: %w", planted, ctx.Err())
	})
}

// hangsOn does not heed its context, like a call into a file system that hangs;
// it ends with the test.
func hangsOn(end <-chan struct{}) mood {
	return erasing(func(ctx context.Context, t holder.Task, _ func() (holder.Receipt, error)) (holder.Receipt, error) {
		<-end
		return holder.Receipt{}, t.Save(context.WithoutCancel(ctx), []byte(`"from a try long given up"`))
	})
}

// losesItsAnswer commits, and then the connection drops.
func losesItsAnswer() mood {
	return erasing(func(_ context.Context, _ holder.Task, good func() (holder.Receipt, error)) (holder.Receipt, error) {
		_, err := good()
		return holder.Receipt{}, errors.Join(err, errors.New("connection reset while answering for "+planted))
	})
}

// savesAndFails leaves a mark for the next try.
func savesAndFails() mood {
	return erasing(func(ctx context.Context, t holder.Task, _ func() (holder.Receipt, error)) (holder.Receipt, error) {
		return holder.Receipt{}, errors.Join(t.Save(ctx, []byte(`{"half":true}`)), errors.New(planted))
	})
}

// wantsItsMark fails when what the last try saved is not there.
func wantsItsMark() mood {
	return erasing(func(_ context.Context, t holder.Task, good func() (holder.Receipt, error)) (holder.Receipt, error) {
		if string(t.Progress) != `{"half":true}` {
			return holder.Receipt{Items: []holder.Item{{Name: "lost progress", Action: holder.Delete}}}, nil
		}
		return good()
	})
}

func panics() mood {
	return erasing(func(context.Context, holder.Task, func() (holder.Receipt, error)) (holder.Receipt, error) {
		panic("index out of range at " + planted)
	})
}

func panicsVerifying() mood {
	return mood{verify: func(context.Context, func() (holder.Leftovers, error)) (holder.Leftovers, error) {
		panic(errors.New(planted))
	}}
}

func failsVerifying() mood {
	return mood{verify: func(context.Context, func() (holder.Leftovers, error)) (holder.Leftovers, error) {
		return holder.Leftovers{}, errors.New(planted)
	}}
}

// leavesSomething reports what is not there, once.
func leavesSomething() mood {
	return mood{verify: func(context.Context, func() (holder.Leftovers, error)) (holder.Leftovers, error) {
		return holder.Leftovers{Items: []holder.Item{{Name: planted, Action: holder.Delete, Count: 1}}}, nil
	}}
}
