package e2e_test

import (
	"testing"
	"time"

	"github.com/signoff-id/signoff/client"
)

// A policy says when the names of a closed account can be registered again:
// at once, after a delay, or never. The account itself never comes back, and
// whoever gets a name gets nothing of what was there.
func TestNamesComeBackWhenThePolicySaysSo(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		ctx := t.Context()
		s.policy("dingtalk", "delayed", "  after: 0d", "  after: 30d")
		s.policy("dingtalk", "for-ever", "  after: 0d", "  never: true")
		gone := map[string]*person{"dingtalk": s.person(), "delayed": s.person(), "for-ever": s.person()}
		for policy, p := range gone {
			s.works(p)
			begun := s.confirmed(p, policy)
			if _, err := s.operator.CreateAccount(ctx, client.NewAccount{Identifiers: p.identifiers()}); err == nil {
				t.Errorf("%s: a name is given away while its account is being erased", policy)
			}
			done := s.reaches(begun.Closure.ID, client.Closed)
			file, err := s.operator.Certificate(ctx, done.ID)
			s.Must(err)
			ids := s.verified(file).Identifiers
			if ids.Never != (policy == "for-ever") || (ids.ReuseAfter != nil) != (policy == "delayed") {
				t.Errorf("%s: the certificate says %+v", policy, ids)
			}
		}
		free := map[string]bool{"dingtalk": true}
		look := func(when string) {
			t.Helper()
			for policy, p := range gone {
				if free[policy] && p.Client == nil {
					continue // the name is somebody else's now
				}
				again, err := s.operator.CreateAccount(ctx, p.account())
				if free[policy] {
					s.Must(err)
					s.empty(t, again, p)
					p.Client = nil
				} else if !client.HasCode(err, "identifier_reserved") {
					t.Errorf("%s, %s: %v", when, policy, err)
				}
			}
		}
		look("at once")
		s.Clock.Advance(30*day - time.Minute)
		s.operator = s.asRoot()
		look("a minute too early")
		for _, id := range gone["delayed"].identifiers() {
			if _, err := s.operator.AddIdentifier(ctx, gone["dingtalk"].id, id); err == nil {
				t.Error("a closed account gets a name")
			}
		}
		s.Clock.Advance(time.Minute)
		free["delayed"] = true
		look("after thirty days")
		s.Clock.Advance(5000 * day)
		s.operator = s.asRoot()
		look("after many years")
	})
}

// empty holds that an account with a name that was somebody's is a new one.
func (s *stage) empty(t *testing.T, a client.Account, before *person) {
	t.Helper()
	if a.ID == before.id {
		t.Error("an account came back")
	}
	in, err := s.trySignIn(before.mobile, before.password, client.Phone)
	s.Must(err)
	own := s.with(in.Token)
	profile, err := own.OwnAccount(t.Context())
	s.Must(err)
	closures, err := own.Closures(t.Context(), client.ClosureFilter{}, client.Page{})
	s.Must(err)
	if profile.Account.ID != a.ID || len(profile.Memberships)+len(profile.Todos)+len(profile.Bindings) != 0 || len(closures.Items) != 0 {
		t.Errorf("a new account has %+v and the closures %+v", profile, closures)
	}
	if s.crm.mentions(t, before) != 0 {
		t.Error("the company's rows lead to the old account")
	}
}
