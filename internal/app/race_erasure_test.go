package app_test

import (
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/identity"
)

// part works on a data holder's share of the erasure.
func (a *arena) part(r *racer, holder string) side {
	return func() error { _, err := a.App.Closures.Part(a.T.Context(), r.closure, holder); return err }
}

func (a *arena) toErasing(r *racer) {
	a.shelf.put(r.account, 3)
	a.toConfirmed(atOnce)(r)
}

func (a *arena) toVerified(r *racer) {
	a.toErasing(r)
	a.Must(a.part(r, "shelf-a")())
	a.Must(a.part(r, "shelf-b")())
}

func erasureRaces() []contest {
	return []contest{
		{"two workers on one part", often, func(t *testing.T, a *arena) {
			a.race(t, a.toErasing, nil, func(r *racer) []side {
				return []side{a.part(r, "shelf-a"), a.elsewhere().part(r, "shelf-a")}
			}, "erasing: , ")
			for key, n := range a.shelf.called() {
				if n != 1 {
					t.Errorf("%s was erased %d times", key, n)
				}
			}
		}},
		// Whichever part is verified last must wake the closure.
		{"the last two parts", seldom, func(t *testing.T, a *arena) {
			all := a.race(t, a.toErasing, nil, func(r *racer) []side {
				return []side{a.part(r, "shelf-a"), a.elsewhere().part(r, "shelf-b")}
			}, "erasing: , ")
			var jobs strings.Builder
			for _, r := range rows(a.World, `SELECT CAST(args AS TEXT) FROM river_job WHERE kind = 'closure_step'`) {
				jobs.WriteString(r[0])
			}
			for _, r := range all {
				if n := strings.Count(jobs.String(), r.closure); n != 1 {
					t.Errorf("%d jobs wake %s", n, r.closure)
				}
			}
		}},
		{"certifying twice", seldom, func(t *testing.T, a *arena) {
			a.race(t, a.toVerified, nil, func(r *racer) []side { return []side{a.step(r), a.elsewhere().step(r)} }, "closed: , ")
			if _, err := a.App.Audit.Verify(t.Context(), nil, nil); err != nil {
				t.Error(err)
			}
		}},
		{"registering a name again against the end of its account", seldom, func(t *testing.T, a *arena) {
			a.race(t, a.toVerified, nil, func(r *racer) []side {
				register := func() error {
					_, err := a.App.Accounts.Create(a.T.Context(), app.Actor(), identity.NewAccount{Password: apptest.Password,
						Identifiers: []identity.Identifier{{Kind: identity.Username, Value: r.name}}})
					return err
				}
				return []side{register, a.step(r)}
			}, "closed: identifier_taken, ", "closed: identifier_reserved, ")
		}},
	}
}
