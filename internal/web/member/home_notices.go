package member

import (
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// notice is something that the home page points to.
type notice struct {
	icon, title, text, path string
	urgent                  bool
}

// notices gives what is important now, the most important first. What leads to no
// page of this site is left out.
func (p *Pages) notices(v *visit.Visit, page *ui.Page, places []org.Member) (all []notice, err error) {
	for _, of := range []func(*visit.Visit, []org.Member) (notice, error){p.closureNotice, p.handOverNotice, p.ordersNotice, p.reviewsNotice, p.todosNotice, p.passwordNotice} {
		n, err := of(v, places)
		if err != nil {
			return nil, err
		}
		if n.path != "" && v.Exists(n.path) {
			all = append(all, n)
		}
	}
	if page.Unread > 0 {
		all = append(all, notice{icon: "bell", title: v.T("page.home.unread", "count", page.Unread), path: "/messages"})
	}
	return all, nil
}

// closureNotice tells of an own closure that waits for its proof: every other
// state of a closure ends all sessions.
func (p *Pages) closureNotice(v *visit.Visit, _ []org.Member) (notice, error) {
	open, err := p.Closures.List(v.Context(), closure.Filter{Account: v.Account(), State: closure.Requested, Limit: 1})
	if err != nil || len(open) == 0 {
		return notice{}, err
	}
	return notice{icon: "user-minus", title: v.T("page.home.closure"), text: v.T("page.home.closure_text"), path: "/settings/close-account/confirm", urgent: true}, nil
}

func (p *Pages) handOverNotice(v *visit.Visit, _ []org.Member) (notice, error) {
	all, err := p.Orgs.Transfers(v.Context(), v.Account())
	n := 0
	for _, t := range all {
		if t.State == org.TransferAsked && t.To == v.Account() {
			n++
		}
	}
	if err != nil || n == 0 {
		return notice{}, err
	}
	return notice{icon: "transfer", title: v.T("page.home.hand_over"), text: v.T("page.home.hand_over_text"), path: "/settings/organisations", urgent: true}, nil
}

func (p *Pages) todosNotice(v *visit.Visit, _ []org.Member) (notice, error) {
	open, _, err := p.Orgs.Duties(v.Context(), v.Account())
	if err != nil || len(open) == 0 {
		return notice{}, err
	}
	return notice{icon: "checklist", title: v.T("page.home.todos", "count", len(open)), path: "/todos"}, nil
}

func (p *Pages) passwordNotice(v *visit.Visit, _ []org.Member) (notice, error) {
	since, err := p.Access.OldPassword(v.Context(), v.Account())
	if err != nil || since.IsZero() {
		return notice{}, err
	}
	return notice{icon: "password", title: v.T("page.home.password"), text: v.T("page.home.password_text", "count", int(v.Now().Sub(since).Hours()/24)), path: "/settings/password"}, nil
}

// ordersNotice tells those who may approve of the sign-outs that wait for a
// second person; the own ones wait for somebody else.
func (p *Pages) ordersNotice(v *visit.Visit, places []org.Member) (notice, error) {
	by, organisations := v.Caller.As(audit.KindAdmin), []string{}
	operator, err := v.Has(identity.Operator)
	if err != nil {
		return notice{}, err
	}
	if operator {
		by, organisations = v.AsOperator(), []string{""}
	} else {
		for _, m := range places {
			if m.Role != org.Ordinary && len(organisations) < mostAsked {
				organisations = append(organisations, m.Organisation)
			}
		}
	}
	n := 0
	for _, o := range organisations {
		waiting, err := p.Sessions.Orders(v.Context(), by, o, "", mostCounted)
		if err != nil {
			return notice{}, err
		}
		for _, w := range waiting {
			if w.State == session.OrderWaiting && w.By.ID != v.Account() {
				n++
			}
		}
	}
	if n == 0 {
		return notice{}, nil
	}
	return notice{icon: "shield-check", title: v.T("page.home.orders", "count", n), path: "/console/orders", urgent: true}, nil
}

const (
	mostAsked   = 10 // organisations whose orders are looked at
	mostCounted = 20 // orders of each
)

// reviewsNotice tells reviewers what waits for them.
func (p *Pages) reviewsNotice(v *visit.Visit, _ []org.Member) (notice, error) {
	reviewer, err := v.Has(identity.Reviewer)
	if err != nil || !reviewer {
		return notice{}, err
	}
	counts, err := p.Closures.Counts(v.Context())
	n := counts[closure.InReview]
	if err != nil || n == 0 {
		return notice{}, err
	}
	return notice{icon: "gavel", title: v.T("page.home.reviews", "count", n), path: "/console/reviews"}, nil
}
