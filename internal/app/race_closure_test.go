package app_test

import (
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
)

// racer is one account in a race about its closure.
type racer struct{ account, name, session, closure, link string }

// race runs sides against each other over many accounts, each brought as far as
// far says. An outcome is the state of the closure and both sides' answers.
func (a *arena) race(t *testing.T, far func(*racer), before func(), sides func(*racer) []side, legal ...string) []racer {
	t.Helper()
	all := make([]racer, a.rounds)
	beside(len(all), func(i int) {
		r := &all[i]
		r.account, r.name = a.person()
		far(r)
	})
	if before != nil {
		before()
	}
	errs := make([][]error, len(all))
	beside(len(all), func(i int) { errs[i] = together(sides(&all[i])) })
	first := slices.MinFunc(all, func(x, y racer) int { return strings.Compare(x.account, y.account) })
	found, outcomes := trails(a.World, first.account), tally{}
	for i, r := range all {
		tr := found[r.account]
		tr.lawful(t)
		if r.session != "" && a.Alive(r.session) {
			t.Errorf("%s: a session from before the closure lives", r.account)
		}
		outcomes[tr.newest().state+": "+strings.Join(codes(t, errs[i]), ", ")]++
	}
	outcomes.report(t, legal...)
	return all
}

// toRequested leaves a session behind, which a confirmation must end.
func (a *arena) toRequested(p rules) func(*racer) {
	return func(r *racer) {
		var err error
		r.session, err = a.enter(r.name)
		a.Must(err)
		c, _, err := a.App.Closures.Request(a.T.Context(), r.account, p.name, "")
		a.Must(err)
		r.closure = c.ID
	}
}

func (a *arena) toConfirmed(p rules) func(*racer) {
	return func(r *racer) { r.closure, r.link = a.confirmed(r.account, p) }
}

func (a *arena) later(d time.Duration) func() { return func() { a.Clock.Advance(d) } }

// What the two sides do: the first process and the other one.

func (a *arena) step(r *racer) side {
	return func() error { return a.other.Closures.Step(a.T.Context(), r.closure) }
}

func (a *arena) signIn(r *racer) side {
	return func() error { _, err := a.enter(r.name); return err }
}

func (a *arena) confirm(r *racer) side {
	return func() error {
		_, err := a.App.Access.ConfirmClosure(a.T.Context(), session.Session{Account: r.account}, r.closure, apptest.Password, netip.Addr{})
		return err
	}
}

func (a *arena) ask(r *racer) side {
	return func() error {
		_, _, err := a.App.Closures.Request(a.T.Context(), r.account, cooled.name, "")
		return err
	}
}

// elsewhere lets a side act in the other process.
func (a *arena) elsewhere() *arena {
	there, world := *a, *a.World
	world.App = a.other
	there.World, there.other = &world, a.App
	return &there
}

const day = 24 * time.Hour

func closureRaces() []contest {
	return []contest{
		{"withdrawing against the end of the cooling-off", often, func(t *testing.T, a *arena) {
			a.race(t, a.toConfirmed(cooled), a.later(15*day), func(r *racer) []side {
				withdraw := func() error { _, err := a.App.Closures.WithdrawByLink(a.T.Context(), r.link); return err }
				return []side{withdraw, a.step(r)}
			}, "withdrawn: , ", "erasing: closure_state, ")
		}},
		{"signing in, which withdraws, against the beginning of the erasure", often, func(t *testing.T, a *arena) {
			a.race(t, a.toConfirmed(cooled), a.later(15*day), func(r *racer) []side { return []side{a.signIn(r), a.elsewhere().step(r)} },
				"withdrawn: , ", "erasing: account_ending, ")
		}},
		{"signing in, which is refused, against the beginning of the erasure", seldom, func(t *testing.T, a *arena) {
			a.race(t, a.toConfirmed(locked), a.later(3*day), func(r *racer) []side { return []side{a.signIn(r), a.elsewhere().step(r)} },
				"erasing: account_cooling_off, ", "erasing: account_ending, ")
		}},
		{"confirming twice", often, func(t *testing.T, a *arena) {
			a.race(t, a.toRequested(cooled), nil, func(r *racer) []side { return []side{a.confirm(r), a.elsewhere().confirm(r)} },
				"cooling_off: , closure_state", "cooling_off: closure_state, ")
		}},
		// A sign-in that comes first is ended by the confirmation; one that comes
		// second is what the policy says that it is.
		{"signing in, which withdraws, against the confirmation", often, func(t *testing.T, a *arena) {
			a.race(t, a.toRequested(cooled), nil, func(r *racer) []side { return []side{a.signIn(r), a.confirm(r)} },
				"cooling_off: , ", "withdrawn: , ")
		}},
		{"signing in against the confirmation that closes at once", seldom, func(t *testing.T, a *arena) {
			a.race(t, a.toRequested(atOnce), nil, func(r *racer) []side { return []side{a.signIn(r), a.confirm(r)} },
				"erasing: , ", "erasing: account_ending, ")
		}},
		{"asking twice", often, func(t *testing.T, a *arena) {
			a.race(t, func(*racer) {}, nil, func(r *racer) []side { return []side{a.ask(r), a.elsewhere().ask(r)} },
				"requested: , closure_open", "requested: closure_open, ")
		}},
		// A role given in the last moment either stops the erasure or comes too late.
		{"a leading role against the end of the cooling-off", often, func(t *testing.T, a *arena) {
			company := a.Organisation(org.Ordinary)
			a.race(t, a.toConfirmed(cooled), a.later(15*day), func(r *racer) []side {
				lead := func() error {
					return a.App.Orgs.PutMember(a.T.Context(), actor(audit.KindOperator, "boss"),
						org.Member{Organisation: company.ID, Account: r.account, Role: org.SuperAdmin})
				}
				return []side{lead, a.step(r)}
			}, "refused: , ", "erasing: account_ending, ")
		}},
	}
}

func reviewRaces() []contest {
	return []contest{
		{"two reviewers", often, func(t *testing.T, a *arena) {
			a.race(t, a.toConfirmed(careful), nil, func(r *racer) []side {
				return []side{
					func() error {
						_, err := a.App.Closures.Approve(a.T.Context(), actor(audit.KindReviewer, "one"), r.closure)
						return err
					},
					func() error {
						_, err := a.other.Closures.Reject(a.T.Context(), actor(audit.KindReviewer, "two"), r.closure, "no")
						return err
					},
				}
			}, "cooling_off: , closure_state", "rejected: closure_state, ")
		}},
		{"approving against withdrawing", seldom, func(t *testing.T, a *arena) {
			a.race(t, a.toConfirmed(reviewed), nil, func(r *racer) []side {
				return []side{
					func() error {
						_, err := a.App.Closures.Approve(a.T.Context(), actor(audit.KindReviewer, "one"), r.closure)
						return err
					},
					func() error { _, err := a.other.Closures.Withdraw(a.T.Context(), r.account, r.closure); return err },
				}
			}, "erasing: , closure_state", "withdrawn: closure_state, ")
		}},
	}
}
