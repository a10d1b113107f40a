package app_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/certificate"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
)

func TestDingTalksRulesCloseAtOnce(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		a, name := w.Person()
		token := w.SignIn(name).Token
		c := w.Confirm(a, "dingtalk")
		if c.Closure.State != closure.Erasing || w.Alive(token) {
			t.Fatalf("state %s, session alive %v: want erasing and ended", c.Closure.State, w.Alive(token))
		}
		v := w.Drain(c.Closure.ID)
		if v.State != closure.Closed {
			t.Fatalf("state %s, want closed", v.State)
		}
		file, err := w.App.Closures.CertificateByLink(t.Context(), c.StatusToken)
		w.Must(err)
		doc, _, err := certificate.Verify(file, w.App.Ring.JWKS())
		w.Must(err)
		if doc.Closure != c.Closure.ID || doc.Policy.Name != "dingtalk" || doc.Identifiers.Count != 2 {
			t.Errorf("certificate of %s under %s with %d identifiers", doc.Closure, doc.Policy.Name, doc.Identifiers.Count)
		}
		_, err = w.App.Access.SignIn(t.Context(), access.Attempt{Name: name, Password: apptest.Password, Device: session.Device{Kind: session.Desktop}, App: "test"})
		if !fault.Is(err, "credentials_wrong") {
			t.Errorf("sign-in after closing: %v", err)
		}
	})
}

func TestWeComsRulesTakeAReviewAndFifteenDays(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		a, _ := w.Person()
		reviewer, _ := w.Person()
		c := w.Confirm(a, "wecom")
		if c.Closure.State != closure.InReview {
			t.Fatalf("state %s, want in_review", c.Closure.State)
		}
		w.Clock.Advance(24 * time.Hour)
		approved, err := w.App.Closures.Approve(t.Context(), actor("reviewer", reviewer.ID), c.Closure.ID)
		w.Must(err)
		if approved.State != closure.CoolingOff {
			t.Fatalf("state %s, want cooling_off", approved.State)
		}
		if v := w.Drain(c.Closure.ID); v.State != closure.CoolingOff {
			t.Fatalf("state %s a day later, want cooling_off", v.State)
		}
		w.Clock.Advance(14*24*time.Hour - time.Minute)
		if v := w.Drain(c.Closure.ID); v.State != closure.CoolingOff {
			t.Fatalf("state %s a minute early, want cooling_off", v.State)
		}
		w.Clock.Advance(time.Minute)
		if v := w.Drain(c.Closure.ID); v.State != closure.Closed {
			t.Fatalf("state %s after fifteen days, want closed", v.State)
		}
	})
}

// The cooling-off of a policy with a review counts from the application, or from
// the approval: then nobody is told of an end before it is known.
func TestACoolingOffCountsFromWhereThePolicySays(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		install(w, asWeCom, careful)
		reviewer, _ := w.Person()
		for _, r := range []rules{asWeCom, careful} {
			a, _ := w.Person()
			c := w.Confirm(a, r.name).Closure
			applied := c.ConfirmedAt
			w.Clock.Advance(24 * time.Hour)
			approved, err := w.App.Closures.Approve(t.Context(), actor("reviewer", reviewer.ID), c.ID)
			w.Must(err)
			atFirst, atLast := applied.AddDate(0, 0, r.days), applied.AddDate(0, 0, r.days)
			if r.cooling == "approved" {
				atFirst, atLast = time.Time{}, approved.ReviewedAt.AddDate(0, 0, r.days)
			}
			if !c.CoolingUntil.Equal(atFirst) || !approved.CoolingUntil.Equal(atLast) {
				t.Errorf("%s: until %s in review, then until %s, want %s and %s", r.name, c.CoolingUntil, approved.CoolingUntil, atFirst, atLast)
			}
		}
	})
}

// That an organisation would lose its last admin is told where all else holds:
// the other conditions ask for more than that.
func TestTheLastAdminIsToldWhereAllElseHolds(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		install(w, atOnceForAll)
		a, _ := w.Person()
		w.Organisation(org.Creator, a)
		for _, owing := range []bool{false, true} {
			if owing {
				_, err := w.App.Accounts.AddArrear(t.Context(), app.Actor(), identity.Arrear{Account: a.ID, Currency: "CNY", Amount: 1})
				w.Must(err)
			}
			_, results, err := w.App.Closures.Try(t.Context(), a.ID, atOnceForAll.name)
			w.Must(err)
			var wrong []string
			for _, r := range results {
				if r.Met {
					continue
				}
				wrong = append(wrong, r.Code)
				if r.Resolve == "" || r.Text[language.English] == "" || r.Text[language.Chinese] == "" {
					t.Errorf("%s: nobody is told what it is and where to resolve it: %+v", r.Code, r)
				}
			}
			want := []string{"last_admin"}
			if owing {
				want = []string{"no_arrears"}
			}
			if !slices.Equal(wrong, want) {
				t.Errorf("owing %v: %q, want %q", owing, wrong, want)
			}
		}
	})
}

// The ledger says, without a word about the person, which account is erased from
// where: with it an erasure can be done again on an older copy of the database.
func TestTheLedgerNamesWhatIsErased(t *testing.T) {
	for _, engine := range apptest.Engines {
		t.Run(engine, func(t *testing.T) { theLedgerNamesWhatIsErased(t, apptest.New(t, engine, withHolders(t))) })
	}
}

func theLedgerNamesWhatIsErased(t *testing.T, w *apptest.World) {
	a, _ := w.Person()
	c := w.Confirm(a, "dingtalk").Closure
	entry := func(until string) string {
		return fmt.Sprintf(`%s|%s|%s|%s|["shelf-a","shelf-b"]|%d|%s`, c.ID, a.ID, c.Pseudonym, c.PolicyDigest, c.ErasingAt.UnixMicro(), until)
	}
	if got, want := w.Dump()["erasure_ledger"], entry("<nil>"); got != want {
		t.Errorf("as it begins: %s, want %s", got, want)
	}
	done := w.Drain(c.ID)
	if got, want := w.Dump()["erasure_ledger"], entry(fmt.Sprint(done.EndedAt.UnixMicro())); got != want {
		t.Errorf("at its end: %s, want %s", got, want)
	}
}
