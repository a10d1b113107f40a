package e2e_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/client"
)

func TestConditions(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.run(t, "every condition blocks until it is resolved", everyConditionBlocksUntilItIsResolved)
		s.run(t, "conditions are looked at again at every step", conditionsAreLookedAtAgainAtEveryStep)
	})
}

// blocker puts one condition in a person's way and says how it is resolved.
type blocker struct {
	codes []string // every condition that then does not hold
	put   func(s *stage, p *person) (resolve func())
}

// blockers has an entry for every condition of every policy that ships.
var blockers = map[string]blocker{
	"dingtalk/sign_in_rights": {[]string{"sign_in_rights"}, func(s *stage, p *person) func() {
		return flagged(s, p, false, true)
	}},
	"dingtalk/no_organisation": {[]string{"no_organisation"}, func(s *stage, p *person) func() {
		c := s.acme()
		s.place(c, p, client.NewMember{Role: client.Ordinary})
		return func() { s.Must(p.LeaveOrganisation(s.T.Context(), c.ID)) }
	}},
	"dingtalk/no_office": {[]string{"no_organisation", "no_office"}, func(s *stage, p *person) func() {
		c := s.acme()
		s.place(c, p, client.NewMember{Role: client.Ordinary, Offices: []string{client.LegalRepresentative}})
		return func() { s.Must(s.operator.RemoveMember(s.T.Context(), c.ID, p.id)) }
	}},
	"dingtalk/no_certification_in_progress": {[]string{"no_organisation", "no_certification_in_progress"}, func(s *stage, p *person) func() {
		c := s.acme()
		s.place(c, p, client.NewMember{Role: client.Ordinary})
		s.Must(s.operator.SetCertification(s.T.Context(), c.ID, client.Certifying))
		return func() { s.Must(p.LeaveOrganisation(s.T.Context(), c.ID)) }
	}},
	"dingtalk/no_open_work": {[]string{"no_open_work"}, func(s *stage, p *person) func() {
		c := s.acme()
		s.place(c, p, client.NewMember{Role: client.Ordinary})
		todo, err := s.operator.AddTodo(s.T.Context(), c.ID, p.id, client.NewTodo{Kind: client.Approval, Title: "expenses"})
		s.Must(err)
		s.Must(p.LeaveOrganisation(s.T.Context(), c.ID))
		return func() { s.Must(p.CompleteOwnTodo(s.T.Context(), todo.ID)) }
	}},
	"dingtalk/no_bound_services": {[]string{"no_bound_services"}, func(s *stage, p *person) func() {
		b, err := s.operator.AddBinding(s.T.Context(), p.id, client.NewBinding{Service: "taobao"})
		s.Must(err)
		return func() { s.Must(p.ReleaseOwnBinding(s.T.Context(), b.ID)) }
	}},

	"wecom/at_most_one_organisation": {[]string{"at_most_one_organisation"}, func(s *stage, p *person) func() {
		one, two := s.acme(), s.acme()
		s.place(one, p, client.NewMember{Role: client.Admin})
		s.place(two, p, client.NewMember{Role: client.Ordinary})
		return func() { s.Must(p.LeaveOrganisation(s.T.Context(), one.ID)) }
	}},
	"wecom/not_creator_or_super_admin": {[]string{"not_creator_or_super_admin"}, func(s *stage, p *person) func() {
		c := s.acme()
		s.place(c, p, client.NewMember{Role: client.SuperAdmin})
		s.place(c, s.person(), client.NewMember{Role: client.SuperAdmin}) // one always stays
		return func() { s.place(c, p, client.NewMember{Role: client.Admin}) }
	}},
	"wecom/account_safe": {[]string{"account_safe"}, func(s *stage, p *person) func() {
		return flagged(s, p, true, false)
	}},
	"wecom/no_arrears": {[]string{"no_arrears"}, func(s *stage, p *person) func() {
		a, err := s.operator.AddArrear(s.T.Context(), p.id, client.NewArrear{Currency: "CNY", Amount: 1})
		s.Must(err)
		return func() { s.Must(s.operator.SettleArrear(s.T.Context(), p.id, a.ID)) }
	}},
	"wecom/tax_deregistration_attested": {[]string{"tax_deregistration_attested"}, func(s *stage, p *person) func() {
		return officer(s, p, client.LegalRepresentative, client.SocialInsuranceExit, client.TaxDeregistration)
	}},
	"wecom/social_insurance_exit_attested": {[]string{"social_insurance_exit_attested"}, func(s *stage, p *person) func() {
		return officer(s, p, client.FinanceOfficer, client.TaxDeregistration, client.SocialInsuranceExit)
	}},
}

// acme is an organisation in which nobody is yet.
func (s *stage) acme() *company {
	s.T.Helper()
	o, err := s.operator.CreateOrganisation(s.T.Context(), "Acme")
	s.Must(err)
	return &company{Organisation: o}
}

func flagged(s *stage, p *person, stolen, banned bool) func() {
	s.Must(s.operator.SetFlags(s.T.Context(), p.id, stolen, banned))
	return func() { s.Must(s.operator.SetFlags(s.T.Context(), p.id, false, false)) }
}

// officer gives a person an office with one of its duties attested; the other
// one is the blocker.
func officer(s *stage, p *person, office, done, missing string) func() {
	c := s.acme()
	s.place(c, p, client.NewMember{Role: client.Ordinary, Offices: []string{office}})
	attest := func(kind string) {
		_, err := s.operator.AddAttestation(s.T.Context(), c.ID, p.id, client.NewAttestation{Kind: kind, Evidence: "No. 2026-7"})
		s.Must(err)
	}
	attest(done)
	return func() { attest(missing) }
}

// unmet gives the codes of the conditions that do not hold, sorted.
func unmet(conditions client.Conditions) (codes []string) {
	for _, c := range conditions.Conditions {
		if !c.Met {
			codes = append(codes, c.Code)
		}
	}
	slices.Sort(codes)
	return codes
}

// Every condition of every policy that ships refuses the request with its
// reason, in words and with the place to resolve it, and does so no longer once
// it is resolved.
func everyConditionBlocksUntilItIsResolved(t *testing.T, s *stage) {
	ctx := t.Context()
	for _, policy := range []string{"dingtalk", "wecom"} {
		all, err := s.person().ClosureConditions(ctx, policy)
		s.Must(err)
		if !all.Met || all.Warning == "" || len(all.Conditions) == 0 {
			t.Errorf("%s stands in a newcomer's way: %+v", policy, all)
		}
		for _, c := range all.Conditions {
			b, ok := blockers[policy+"/"+c.Code]
			if !ok {
				t.Errorf("nothing tries %s/%s", policy, c.Code)
				continue
			}
			slices.Sort(b.codes)
			s.blocks(t, policy, b)
		}
	}
}

func (s *stage) blocks(t *testing.T, policy string, b blocker) {
	ctx, p := t.Context(), s.person()
	resolve := b.put(s, p)
	tried, err := s.operator.WithLanguage("zh-CN").ExplainPolicy(ctx, policy, p.id)
	s.Must(err)
	if !slices.Equal(unmet(tried), b.codes) || tried.Met {
		t.Errorf("%s: tried by the operator %q, want %q", policy, unmet(tried), b.codes)
	}
	// A flag has signed the person out and lets nobody in: only the staff see
	// that condition.
	if s.alive(p.Token()) {
		s.shown(t, policy, p, tried, b)
	}
	resolve()
	if !s.alive(p.Token()) {
		p.Client = s.with(s.signInAs(p, client.Phone).Token)
	}
	asked, err := p.RequestClosure(ctx, client.NewClosure{Policy: policy})
	if err != nil {
		t.Errorf("%s without %q: %v", policy, b.codes, err)
		return
	}
	if asked.State != client.Requested || !asked.CanWithdraw {
		t.Errorf("requested: %+v", asked)
	}
}

// shown checks what the person sees of a blocker, and that it blocks.
func (s *stage) shown(t *testing.T, policy string, p *person, tried client.Conditions, b blocker) {
	ctx := t.Context()
	seen, err := p.ClosureConditions(ctx, policy)
	s.Must(err)
	if !slices.Equal(unmet(seen), b.codes) || seen.Met {
		t.Errorf("%s: seen %q, want %q", policy, unmet(seen), b.codes)
	}
	for i, c := range seen.Conditions {
		if !strings.HasPrefix(c.Resolve, "/") || c.Text == "" || c.Text == tried.Conditions[i].Text || strings.Contains(c.Text, "{{") {
			t.Errorf("%s: %+v, in Chinese %q", policy, c, tried.Conditions[i].Text)
		}
	}
	_, err = p.RequestClosure(ctx, client.NewClosure{Policy: policy})
	problem, ok := errors.AsType[*client.Problem](err)
	if !ok || problem.Code != "conditions_not_met" || len(problem.Errors) != len(b.codes) {
		t.Errorf("%s: the request: %v, want %q", policy, err, b.codes)
		return
	}
	for _, f := range problem.Errors {
		if !slices.ContainsFunc(seen.Conditions, func(c client.Condition) bool { return c.Code == f.Path && c.Text == f.Detail && !c.Met }) {
			t.Errorf("%s: the refusal says %+v", policy, f)
		}
	}
}

// What holds when a closure is requested is looked at again when it is
// confirmed, approved, and when the cooling-off ends.
func conditionsAreLookedAtAgainAtEveryStep(t *testing.T, s *stage) {
	ctx := t.Context()
	owe := func(p *person) {
		_, err := s.operator.AddArrear(ctx, p.id, client.NewArrear{Currency: "CNY", Amount: 5})
		s.Must(err)
	}
	p := s.person()
	asked, err := p.RequestClosure(ctx, client.NewClosure{Policy: "wecom"})
	s.Must(err)
	owe(p)
	if _, err := p.ConfirmClosure(ctx, asked.ID, p.password); !client.HasCode(err, "conditions_not_met") || !s.alive(p.Token()) {
		t.Errorf("confirmed: %v", err)
	}

	q := s.person()
	s.works(q)
	rows := s.crm.of(t, q)
	atReview := s.confirmed(q, "wecom")
	owe(q)
	refused, err := s.reviewer.ApproveClosure(ctx, atReview.Closure.ID)
	if err != nil || refused.State != client.Refused || refused.EndedAt == nil {
		t.Errorf("approved: %+v, %v", refused, err)
	}

	r := s.person()
	s.works(r)
	inCooling := s.confirmed(r, "wecom")
	_, err = s.reviewer.ApproveClosure(ctx, inCooling.Closure.ID)
	s.Must(err)
	owe(r)
	s.Clock.Advance(15 * day)
	s.reaches(inCooling.Closure.ID, client.Refused)
	for _, one := range []*person{q, r} {
		n := s.told(one, "closure_refused")
		if !strings.Contains(n.Args["conditions"], "1") {
			t.Errorf("told %q", n.Args)
		}
		if again := s.signInAs(one, client.Phone); again.WithdrewClosure != nil {
			t.Errorf("a refused closure is withdrawn by signing in")
		}
	}
	if s.crm.of(t, q) != rows || s.documents(r) != 3 {
		t.Error("a refused closure has erased something")
	}
	status, err := s.with("").ClosureStatus(ctx, inCooling.StatusToken)
	if err != nil || status.State != client.Refused || status.CanWithdraw || status.Certificate {
		t.Errorf("the private link shows %+v, %v", status, err)
	}
}
