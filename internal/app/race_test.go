package app_test

import (
	"context"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/store"
)

// arena is a place for races: two processes' worth of Signoff on one database,
// and many accounts that are fought over at once.
type arena struct {
	*apptest.World
	other  *app.App
	phc    string
	shelf  *shelf // one of the two data holders
	rounds int
}

// TestRaces lets two processes do to one account, at the same moment, what only
// one of them may do. Whatever the order, one legal outcome must come of it.
func TestRaces(t *testing.T) {
	for _, engine := range apptest.Engines {
		t.Run(engine, func(t *testing.T) {
			a := newArena(t, engine)
			for _, c := range slices.Concat(closureRaces(), reviewRaces(), erasureRaces(), sessionRaces()) {
				t.Run(c.name, func(t *testing.T) { c.run(t, a.in(t, c.rounds(engine))) })
			}
		})
	}
}

// contest is one kind of race.
type contest struct {
	name  string
	times int // both engines together
	run   func(t *testing.T, a *arena)
}

// Most races are run a thousand times; those that only vary another one, fewer.
const often, seldom = 1000, 250

func newArena(t *testing.T, engine string) *arena {
	a := &arena{shelf: newShelf("shelf-a")}
	a.World = apptest.New(t, engine, withHolders(t, a.shelf, newShelf("shelf-b")))
	other, err := app.Open(t.Context(), a.Config, a.World.World)
	a.Must(err)
	a.other = other
	t.Cleanup(func() { a.Must(other.Close()) })
	a.phc, err = a.App.Accounts.Hasher.Hash(t.Context(), apptest.Password)
	a.Must(err)
	install(a.World, allRules()...)
	return a
}

// in gives the arena to a subtest.
func (a *arena) in(t *testing.T, rounds int) *arena {
	inside, world := *a, *a.World
	world.T = t
	inside.World, inside.rounds = &world, rounds
	return &inside
}

// rounds is how often a race is run. On SQLite writers queue, so there is less
// to find.
func (c contest) rounds(engine string) int {
	n := c.times
	if testing.Short() {
		n /= 10
	}
	if engine == "sqlite" {
		return n / 20
	}
	return n - n/20
}

// person makes an account with nothing but a name and the password of all: a
// thousand of them must not take long.
func (a *arena) person() (account, name string) {
	a.T.Helper()
	acc := identity.Account{ID: a.App.Accounts.NewID(), State: identity.Active, Locale: "en", CreatedAt: a.Clock.Now()}
	name = "r" + strings.ReplaceAll(acc.ID, "-", "")
	a.Must(a.App.DB.Update(a.T.Context(), func(tx *store.Tx) error {
		ctx := a.T.Context()
		if err := tx.InsertAccount(ctx, acc); err != nil {
			return err
		}
		if err := tx.InsertIdentifier(ctx, acc.ID, identity.Identifier{Kind: identity.Username, Value: name}, acc.CreatedAt); err != nil {
			return err
		}
		return tx.SetPasswordHash(ctx, acc.ID, a.phc, acc.CreatedAt)
	}))
	return acc.ID, name
}

// confirmed gives an account's confirmed closure and its status link's token.
func (a *arena) confirmed(account string, r rules) (id, token string) {
	a.T.Helper()
	c, _, err := a.App.Closures.Request(a.T.Context(), account, r.name, "")
	a.Must(err)
	done, err := a.App.Access.ConfirmClosure(a.T.Context(), session.Session{Account: account}, c.ID, apptest.Password, netip.Addr{})
	a.Must(err)
	return c.ID, done.StatusToken
}

// enter signs in in the other process and gives the session's token.
func (a *arena) enter(name string) (string, error) {
	in, err := a.other.Access.SignIn(context.WithoutCancel(a.T.Context()), access.Attempt{Name: name, Password: apptest.Password, Device: session.Device{Kind: session.Phone}, App: "test"})
	return in.Token, err
}

// side is one party in a race.
type side func() error

// beside runs n jobs, some side by side.
func beside(n int, job func(i int)) {
	next := make(chan int)
	var done sync.WaitGroup
	for range 4 {
		done.Go(func() {
			for i := range next {
				job(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	done.Wait()
}

// together lets the sides go within a few milliseconds of each other, and gives
// their errors.
func together(sides []side) []error {
	errs := make([]error, len(sides))
	start := make(chan struct{})
	var done sync.WaitGroup
	for k, s := range sides {
		late := time.NewTimer(time.Duration(rand.Int64N(int64(4 * time.Millisecond))))
		done.Go(func() {
			<-start
			<-late.C
			errs[k] = s()
		})
	}
	close(start)
	done.Wait()
	return errs
}

// codes gives the code of every error, "" for none; an error that is no answer
// to a caller fails the test.
func codes(t *testing.T, errs []error) []string {
	t.Helper()
	all := make([]string, len(errs))
	for k, err := range errs {
		if err != nil {
			all[k] = fault.Of(err).Code
		}
		if all[k] == "internal" {
			t.Errorf("side %d: %v", k, err)
		}
	}
	return all
}

// tally counts how the races went; in a long run every legal outcome must have
// come up, or there was no race.
type tally map[string]int

func (c tally) report(t *testing.T, legal ...string) {
	t.Helper()
	sum := 0
	for _, outcome := range legal {
		sum += c[outcome]
	}
	all := 0
	for _, n := range c {
		all += n
	}
	for _, outcome := range legal {
		if c[outcome] == 0 && all >= 200 {
			t.Errorf("never came out as %q: %v", outcome, c)
		}
	}
	if all != sum {
		t.Errorf("outcomes that must not be: %v", c)
	}
	t.Logf("%d races: %v", all, c)
}
