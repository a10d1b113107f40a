package walks

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/identity"
)

// staffed gives a person with a role of the platform, by the sign-in name.
func staffed(s *site, roles ...string) string {
	s.T.Helper()
	a, who := s.Person()
	for _, r := range roles {
		s.Must(s.App.Accounts.Grant(s.T.Context(), app.Actor(), a.ID, r))
	}
	return who
}

// applied gives a closure that waits for its review.
func applied(s *site) closure.Closure {
	s.T.Helper()
	a, _ := s.Person()
	return s.Confirm(a, "wecom").Closure
}

func stateOf(s *site, id string) closure.State {
	s.T.Helper()
	v, err := s.App.Closures.Get(s.T.Context(), id, "")
	s.Must(err)
	return v.State
}

func TestAReviewerDecides(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			one, two := applied(s), applied(s)
			who := staffed(s, identity.Reviewer)
			w := signIn(s.window(t, look), who)
			w.Go("/console/reviews").Sees(one.Account, two.Account).Check("reviews")
			w.Go("/console/reviews/" + one.ID).Sees(one.Account).Check("review")
			w.Press(word(w, "通过", "Approve")).At("/console/reviews").SeesNot(one.Account).Check("reviews-approved")
			if got := stateOf(s, one.ID); got != closure.CoolingOff {
				t.Errorf("it is %s", got)
			}
			w.Go("/console/reviews/" + two.ID).Touch(word(w, "不通过……", "Reject…")).Check("review-reject")
			w.Type("reason", "一个很好的理由").Press(word(w, "确认不通过", "Reject the closure")).At("/console/reviews").SeesNot(two.Account)
			w.Go("/console/closures/" + two.ID).Sees("一个很好的理由").Check("closure-rejected")
			if got := stateOf(s, two.ID); got != closure.Rejected {
				t.Errorf("it is %s", got)
			}
			w.Go("/console/reviews/" + two.ID).Sees(word(w, "无需再做决定", "nothing to decide"))
		})
	}
}

// A rejection needs its reason, and whoever has no role sees nothing of it.
func TestWhoMayNotDecide(t *testing.T) {
	t.Parallel()
	s := open(t)
	c := applied(s)
	s.Clock.Advance(10 * 24 * time.Hour)
	for _, look := range looks()[:2] {
		t.Run(name(look), func(t *testing.T) {
			who := staffed(s, identity.Reviewer)
			w := signIn(s.window(t, look), who)
			w.Go("/console/reviews").Sees(word(w, "已逾期", "overdue")).Check("reviews-overdue")
			w.Go("/console/reviews/"+c.ID).Touch(word(w, "不通过……", "Reject…")).Type("reason", "   ")
			w.Press(word(w, "确认不通过", "Reject the closure")).Sees(word(w, "通过", "Approve")).Check("review-refused")
			if got := stateOf(s, c.ID); got != closure.InReview {
				t.Errorf("it is %s", got)
			}
			operator := staffed(s, identity.Operator)
			signIn(s.window(t, look), operator).Go("/console/reviews/" + c.ID).Sees(c.Account).SeesNot(word(w, "审核决定", "Decision"))
			_, nobody := s.Person()
			n := signIn(s.window(t, look), nobody)
			for _, path := range []string{"/console/reviews", "/console/reviews/" + c.ID, "/console/closures", "/console/closures/" + c.ID} {
				n.Go(path).SeesNot(c.Account)
			}
			n.Check("review-forbidden")
		})
	}
}

// cabinet is a data holder that fails until it is mended.
type cabinet struct {
	mu     sync.Mutex
	mended bool
}

func (c *cabinet) Describe() holder.Description {
	return holder.Description{Name: "cabinet", Kind: "cabinet", Title: map[string]string{"zh-CN": "柜", "en": "Cabinet"},
		Items:        []holder.Described{{Name: "papers", Action: holder.Delete}},
		Organisation: []holder.Described{{Name: "papers", Action: holder.Delete}}}
}

func (c *cabinet) Check(context.Context) error { return nil }

func (c *cabinet) Count(context.Context, holder.Subject) ([]holder.Item, error) { return nil, nil }

func (c *cabinet) mend() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.mended = true
}

func (c *cabinet) Erase(context.Context, holder.Task) (holder.Receipt, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.mended {
		return holder.Receipt{}, errors.New("locked")
	}
	return holder.Receipt{Items: []holder.Item{{Name: "papers", Action: holder.Delete, Count: 1200},
		{Name: "invoices", Action: holder.Keep, Count: 3, Until: "2036-01-31", Basis: "tax", BasisText: map[string]string{"zh-CN": "税收征收管理法", "en": "Tax law"}}}}, nil
}

func (c *cabinet) Verify(context.Context, holder.Subject) (holder.Leftovers, error) {
	return holder.Leftovers{}, nil
}

func (c *cabinet) Close() error { return nil }

func withHolder(t *testing.T, h holder.Holder) apptest.Option {
	set, err := holder.NewSet(h)
	if err != nil {
		t.Fatal(err)
	}
	return func(_ *config.Config, w *app.World) { w.Holders = set }
}

// A data holder fails, the deadline passes, an operator pushes it, and at the end
// there is a certificate.
func TestAnOperatorRetriesAHolder(t *testing.T) {
	t.Parallel()
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			broken := &cabinet{}
			s := open(t, withHolder(t, broken))
			a, _ := s.Person()
			c := s.Confirm(a, "dingtalk").Closure
			_, err := s.App.Closures.Part(t.Context(), c.ID, "cabinet")
			s.Must(err)
			who := staffed(s, identity.Operator)
			reviewer := staffed(s, identity.Reviewer)
			w := signIn(s.window(t, look), who)
			w.Go("/console/closures").Sees(a.ID).Check("closures")
			w.Go("/console/closures?state=closed&account=" + a.ID).Sees(word(w, "没有符合条件", "No closure matches")).Check("closures-none")
			w.Go("/console/closures/" + c.ID).Sees("cabinet").Check("closure-failing")
			w.Press(word(w, "立即重试", "Retry now")).At("/console/closures/" + c.ID).Sees("cabinet")
			broken.mend()
			s.Drain(c.ID)
			_, err = s.App.Audit.Sequence(t.Context())
			s.Must(err)
			s.Drain(c.ID)
			w.Go("/console/closures/"+c.ID).Sees("papers", "1,200", "2036-01-31").Check("closure-closed")
			w.Sees(word(w, "下载凭证", "Download the certificate"))
			r := signIn(s.window(t, look), reviewer)
			r.Go("/console/closures/" + c.ID).Sees("papers").SeesNot(word(w, "下载凭证", "Download the certificate"))
		})
	}
}

// The staff look at dissolutions, those who lead one at theirs, and
// to anybody else it is not there.
func TestAnEndingOrganisationIsLookedAt(t *testing.T) {
	t.Parallel()
	s := open(t)
	owner, led := s.Person()
	o := s.Organisation("creator", owner)
	d, err := s.App.Dissolutions.Start(t.Context(), app.Actor(), o.ID, "simple", "")
	s.Must(err)
	who := staffed(s, identity.Operator)
	w := signIn(s.window(t, looks()[0]), who)
	w.Go("/console/dissolutions").Sees(o.ID).Check("dissolutions")
	w.Go("/console/dissolutions/" + d.ID).Sees(o.ID).Check("dissolution")
	signIn(s.window(t, looks()[1]), led).Go("/console/dissolutions/" + d.ID).Sees(o.ID)
	_, nobody := s.Person()
	signIn(s.window(t, looks()[1]), nobody).Go("/console/dissolutions/" + d.ID).SeesNot(o.ID)
}
