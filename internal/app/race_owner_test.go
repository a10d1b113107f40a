package app_test

import (
	"net/netip"
	"testing"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
)

// Two last super admins are demoted, removed, or close their accounts at the same
// moment: one of them stays, or nobody could administer the organisation.
func TestOneOfTwoSuperAdminsStays(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		install(w, atOnceForAll)
		rounds := 20
		if testing.Short() {
			rounds = 4
		}
		by := actor(audit.KindOperator, "cli")
		demote := func(o org.Organisation, account string) side {
			return func() error {
				return w.App.Orgs.PutMember(t.Context(), by, org.Member{Organisation: o.ID, Account: account, Role: org.Ordinary})
			}
		}
		remove := func(o org.Organisation, account string) side {
			return func() error { return w.App.Access.RemoveMember(t.Context(), by, o.ID, account, "") }
		}
		closing := func(_ org.Organisation, account string) side {
			c, _, err := w.App.Closures.Request(t.Context(), account, atOnceForAll.name, "")
			w.Must(err)
			return func() error {
				_, err := w.App.Access.ConfirmClosure(t.Context(), session.Session{Account: account}, c.ID, apptest.Password, netip.Addr{})
				return err
			}
		}
		for _, how := range []func(org.Organisation, string) side{demote, remove, closing} {
			for _, other := range []func(org.Organisation, string) side{demote, remove, closing} {
				for round := range rounds {
					one, _ := w.Person()
					two, _ := w.Person()
					o := w.Organisation(org.SuperAdmin, one, two)
					got := codes(t, together([]side{how(o, one.ID), other(o, two.ID)}))
					if (got[0] == "") == (got[1] == "") || got[0]+got[1] != "last_admin" && got[0]+got[1] != "conditions_not_met" {
						t.Fatalf("round %d: %q", round, got)
					}
				}
			}
		}
	})
}
