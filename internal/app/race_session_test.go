package app_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
)

// guest is one account in a race about its sessions.
type guest struct {
	account, name, company string
	tokens                 []string
	sessions               []string // ids, as the tokens
}

// party makes accounts with sessions, each the only member of a company.
func (a *arena) party(sessions int) []guest {
	a.T.Helper()
	all := make([]guest, a.rounds)
	beside(len(all), func(i int) {
		g := &all[i]
		g.account, g.name = a.person()
		o, err := a.App.Orgs.Create(a.T.Context(), actor(audit.KindOperator, "cli"), "Party")
		a.Must(err)
		g.company = o.ID
		a.Must(a.App.Orgs.PutMember(a.T.Context(), actor(audit.KindOperator, "cli"), org.Member{Organisation: o.ID, Account: g.account, Role: org.Ordinary}))
		for range sessions {
			in := a.SignIn(g.name)
			g.tokens, g.sessions = append(g.tokens, in.Token), append(g.sessions, in.Session.ID)
		}
	})
	return all
}

// raid ends the sessions of everybody in the company.
func (a *arena) raid(g guest) side {
	return func() error {
		_, err := a.App.Sessions.Force(a.T.Context(), actor(audit.KindOperator, "cli"),
			session.Order{Scope: session.Organisation, Organisation: g.company, Reason: "raid"})
		return err
	}
}

// play lets the sides of every guest meet, and tells what came of each.
func (a *arena) play(t *testing.T, all []guest, sides func(i int) []side, outcome func(i int) string, legal ...string) {
	t.Helper()
	errs := make([][]error, len(all))
	beside(len(all), func(i int) { errs[i] = together(sides(i)) })
	outcomes := tally{}
	for i := range all {
		for k, code := range codes(t, errs[i]) {
			if code != "" {
				t.Errorf("side %d: %s", k, code)
			}
		}
		outcomes[outcome(i)]++
	}
	outcomes.report(t, legal...)
}

func sessionRaces() []contest {
	return []contest{
		// What was there dies; what comes at the same moment may be before or
		// after; what comes afterwards lives.
		{"signing in against an organisation's sign-out", often, func(t *testing.T, a *arena) {
			all := a.party(1)
			fresh := make([]string, len(all))
			a.play(t, all, func(i int) []side {
				enter := func() (err error) { fresh[i], err = a.enter(all[i].name); return err }
				return []side{a.raid(all[i]), enter}
			}, func(i int) string {
				if after := a.SignIn(all[i].name).Token; !a.Alive(after) {
					return "the next sign-in is dead"
				}
				return fmt.Sprintf("old %v, new %v", a.Alive(all[i].tokens[0]), a.Alive(fresh[i]))
			}, "old false, new true", "old false, new false")
		}},
		// Whoever comes in before the pause is out with it; whoever comes after it
		// is refused. Nobody is in while it lasts.
		{"signing in against a pause", often, func(t *testing.T, a *arena) {
			all := a.party(1)
			fresh, refused := make([]string, len(all)), make([]bool, len(all))
			a.play(t, all, func(i int) []side {
				rest := func() error {
					_, err := a.App.Access.Pause(a.T.Context(), actor(audit.KindMember, all[i].account), all[i].account, time.Time{})
					return err
				}
				enter := func() (err error) {
					if fresh[i], err = a.enter(all[i].name); fault.Is(err, "account_paused") {
						refused[i], err = true, nil
					}
					return err
				}
				return []side{rest, enter}
			}, func(i int) string {
				return fmt.Sprintf("old %v, new %v, refused %v", a.Alive(all[i].tokens[0]), a.Alive(fresh[i]), refused[i])
			}, "old false, new false, refused false", "old false, new false, refused true")
		}},
		// Who leaves keeps the session that it is done on, unless the sign-out was first.
		{"leaving an organisation against its sign-out", seldom, func(t *testing.T, a *arena) {
			all := a.party(1)
			kept := make([]string, len(all))
			for i, g := range all {
				in, err := a.App.Sessions.Check(t.Context(), g.tokens[0])
				a.Must(err)
				kept[i] = in.ID
			}
			a.play(t, all, func(i int) []side {
				leave := func() error {
					return a.other.Access.RemoveMember(a.T.Context(), actor(audit.KindOperator, "cli"), all[i].company, all[i].account, kept[i])
				}
				return []side{a.raid(all[i]), leave}
			}, func(i int) string { return fmt.Sprintf("old %v", a.Alive(all[i].tokens[0])) }, "old false", "old true")
		}},
		// Whoever came in with the old password is out, or never came in.
		{"signing in against a new password", seldom, func(t *testing.T, a *arena) {
			all := a.party(1)
			fresh := make([]string, len(all))
			a.play(t, all, func(i int) []side {
				enter := func() (err error) {
					if fresh[i], err = a.enter(all[i].name); fault.Is(err, "credentials_wrong") {
						err = nil
					}
					return err
				}
				change := func() error {
					return a.App.Access.SetPassword(a.T.Context(), actor(audit.KindOperator, "cli"), all[i].account, "another good passphrase")
				}
				return []side{enter, change}
			}, func(i int) string {
				return fmt.Sprintf("old %v, came in %v, is in %v", a.Alive(all[i].tokens[0]), fresh[i] != "", a.Alive(fresh[i]))
			}, "old false, came in true, is in false", "old false, came in false, is in false")
		}},
		// The audit log must not count a session's end twice.
		{"ending one session twice", seldom, func(t *testing.T, a *arena) {
			all := a.party(1)
			counts := make([][2]int, len(all))
			a.play(t, all, func(i int) []side {
				one := func() (err error) {
					counts[i][0], err = a.App.Sessions.SignOut(a.T.Context(), all[i].account, all[i].sessions[0])
					return err
				}
				two := func() (err error) {
					counts[i][1], err = a.other.Sessions.SignOut(a.T.Context(), all[i].account, all[i].sessions[0])
					return err
				}
				return []side{one, two}
			}, func(i int) string { return fmt.Sprint(counts[i], a.Alive(all[i].tokens[0])) }, "[1 0] false", "[0 1] false")
		}},
		{"ending one session against ending all", seldom, func(t *testing.T, a *arena) {
			all := a.party(3)
			counts := make([][2]int, len(all))
			a.play(t, all, func(i int) []side {
				one := func() (err error) {
					counts[i][0], err = a.App.Sessions.SignOut(a.T.Context(), all[i].account, all[i].sessions[1])
					return err
				}
				every := func() (err error) {
					counts[i][1], err = a.other.Sessions.SignOutAll(a.T.Context(), all[i].account, "", "")
					return err
				}
				return []side{one, every}
			}, func(i int) string { return fmt.Sprint(counts[i]) }, "[1 2]", "[0 3]")
		}},
	}
}
