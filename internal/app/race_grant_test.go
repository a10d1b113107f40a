package app_test

import (
	"testing"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/identity"
)

// Two operators take the role from each other at the same moment: one of them
// keeps it, or nobody could administer the installation.
func TestOneOfTwoOperatorsStays(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		by := actor(audit.KindOperator, "cli")
		one, _ := w.Person()
		two, _ := w.Person()
		for round := range 50 {
			for _, p := range []identity.Account{one, two} {
				w.Must(w.App.Accounts.Grant(t.Context(), by, p.ID, identity.Operator))
			}
			revoke := func(account string) side {
				return func() error { return w.App.Accounts.Revoke(t.Context(), by, account, identity.Operator) }
			}
			got := codes(t, together([]side{revoke(one.ID), revoke(two.ID)}))
			if (got[0] == "") == (got[1] == "") || got[0]+got[1] != "operator_last" {
				t.Fatalf("round %d: %q", round, got)
			}
		}
	})
}
