package policy_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/workday"
)

func shipped(t testing.TB) []*policy.Policy {
	t.Helper()
	all, err := policy.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func named(t testing.TB, name string) *policy.Policy {
	t.Helper()
	for _, p := range shipped(t) {
		if p.Name == name {
			return p
		}
	}
	t.Fatalf("no policy %s", name)
	return nil
}

func TestShippedPoliciesSayWhatTheirSourcesSayAndNoMore(t *testing.T) {
	want := map[string][]string{
		"dingtalk": {"sign_in_rights", "no_organisation", "no_office", "no_certification_in_progress", "no_open_work", "no_bound_services"},
		"wecom": {"at_most_one_organisation", "not_creator_or_super_admin", "account_safe", "no_arrears",
			"tax_deregistration_attested", "social_insurance_exit_attested"},
	}
	all := shipped(t)
	if len(all) != len(want) {
		t.Errorf("%d policies, want %d", len(all), len(want))
	}
	for _, p := range all {
		var codes []string
		for _, c := range p.Conditions {
			codes = append(codes, c.Code)
		}
		if !slices.Equal(codes, want[p.Name]) {
			t.Errorf("%s: %v, want %v", p.Name, codes, want[p.Name])
		}
		methods := map[string][]string{"dingtalk": {"password"}, "wecom": {"password", "passkey", "one_time_code"}}[p.Name]
		if !slices.Equal(p.Proof.Methods, methods) || p.Proof.MaxAge != 10*time.Minute {
			t.Errorf("%s: proof %+v", p.Name, p.Proof)
		}
		if p.Reuse != (policy.Reuse{}) {
			t.Errorf("%s: reuse %+v, want at once", p.Name, p.Reuse)
		}
		if p.Deadline != (policy.Deadline{WorkingDays: 15, Country: "cn"}) {
			t.Errorf("%s: deadline %+v", p.Name, p.Deadline)
		}
	}
	dingtalk, wecom := named(t, "dingtalk"), named(t, "wecom")
	if dingtalk.Review != nil || dingtalk.CoolingOff != nil {
		t.Errorf("dingtalk is immediate, not %+v, %+v", dingtalk.Review, dingtalk.CoolingOff)
	}
	if *wecom.Review != (policy.Review{MinWorkingDays: 1, MaxWorkingDays: 2, Country: "cn"}) {
		t.Errorf("wecom: review %+v", wecom.Review)
	}
	if *wecom.CoolingOff != (policy.CoolingOff{Days: 15, From: policy.FromRequested, SignIn: policy.SignInWithdraws}) {
		t.Errorf("wecom: cooling-off %+v", wecom.CoolingOff)
	}
}

func member(role string, offices ...string) policy.Organisation {
	return policy.Organisation{ID: "o", Role: role, Offices: offices, Certification: "none"}
}

func certification(state string) policy.Organisation {
	return policy.Organisation{ID: "o", Role: "member", Certification: state}
}

func in(orgs ...policy.Organisation) policy.Facts {
	return policy.Facts{CanSignIn: true, Organisations: orgs}
}

// Each row changes one thing in an account that meets everything, and names the
// conditions that must then fail, all others holding.
func TestShippedConditionsBothWays(t *testing.T) {
	with := func(change func(*policy.Facts)) policy.Facts {
		f := in()
		change(&f)
		return f
	}
	for _, c := range []struct {
		name     string
		facts    policy.Facts
		dingtalk []string
		wecom    []string
	}{
		{"nothing in the way", in(), nil, nil},
		{"may not sign in", with(func(f *policy.Facts) { f.CanSignIn = false }), []string{"sign_in_rights"}, nil},
		{"one organisation", in(member("member")), []string{"no_organisation"}, nil},
		{"an admin", in(member("admin")), []string{"no_organisation"}, nil},
		{"two organisations", in(member("member"), member("admin")), []string{"no_organisation"}, []string{"at_most_one_organisation"}},
		{"a creator", in(member("creator")), []string{"no_organisation", "no_office"}, []string{"not_creator_or_super_admin"}},
		{"a super admin", in(member("super_admin")), []string{"no_organisation", "no_office"}, []string{"not_creator_or_super_admin"}},
		{"a legal representative", in(member("member", "legal_representative")), []string{"no_organisation", "no_office"},
			[]string{"tax_deregistration_attested", "social_insurance_exit_attested"}},
		{"a finance officer", in(member("member", "finance_officer")), []string{"no_organisation", "no_office"},
			[]string{"tax_deregistration_attested", "social_insurance_exit_attested"}},
		{"tax attested", policy.Facts{CanSignIn: true, Organisations: []policy.Organisation{member("member", "finance_officer")},
			Attestations: []string{"tax_deregistration"}}, []string{"no_organisation", "no_office"}, []string{"social_insurance_exit_attested"}},
		{"insurance attested", policy.Facts{CanSignIn: true, Organisations: []policy.Organisation{member("member", "legal_representative")},
			Attestations: []string{"social_insurance_exit"}}, []string{"no_organisation", "no_office"}, []string{"tax_deregistration_attested"}},
		{"both attested", policy.Facts{CanSignIn: true, Organisations: []policy.Organisation{member("member", "legal_representative", "finance_officer")},
			Attestations: []string{"social_insurance_exit", "tax_deregistration"}}, []string{"no_organisation", "no_office"}, nil},
		{"certification in progress", in(certification("in_progress")), []string{"no_organisation", "no_certification_in_progress"}, nil},
		{"certified", in(certification("certified")), []string{"no_organisation"}, nil},
		{"a to-do", with(func(f *policy.Facts) { f.OpenTodos = 1 }), []string{"no_open_work"}, nil},
		{"an approval", with(func(f *policy.Facts) { f.OpenApprovals = 1 }), []string{"no_open_work"}, nil},
		{"a binding", with(func(f *policy.Facts) { f.Bindings = []string{"alipay"} }), []string{"no_bound_services"}, nil},
		{"stolen", with(func(f *policy.Facts) { f.Stolen = true }), nil, []string{"account_safe"}},
		{"banned", with(func(f *policy.Facts) { f.Banned = true }), nil, []string{"account_safe"}},
		{"arrears", with(func(f *policy.Facts) { f.Arrears = []policy.Arrear{{Currency: "CNY", Amount: 1}} }), nil, []string{"no_arrears"}},
		{"arrears settled", with(func(f *policy.Facts) { f.Arrears = []policy.Arrear{{Currency: "CNY"}} }), nil, nil},
	} {
		for name, want := range map[string][]string{"dingtalk": c.dingtalk, "wecom": c.wecom} {
			p := named(t, name)
			results, err := p.Evaluate(context.Background(), c.facts)
			if err != nil {
				t.Fatal(err)
			}
			var failed []string
			for i, r := range results {
				if r.Code != p.Conditions[i].Code || r.Resolve != p.Conditions[i].Resolve || r.Text["zh-CN"] == "" || r.Text["en"] == "" {
					t.Errorf("%s: %+v", name, r)
				}
				if !r.Met {
					failed = append(failed, r.Code)
				}
			}
			if !slices.Equal(failed, want) {
				t.Errorf("%s, %s: failed %v, want %v", name, c.name, failed, want)
			}
		}
	}
}

func TestReasonsAreFilledIn(t *testing.T) {
	results, err := named(t, "dingtalk").Evaluate(context.Background(), policy.Facts{
		Bindings: []string{"支付宝", "淘宝"}, OpenTodos: 2, OpenApprovals: 1, CanSignIn: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]policy.Text{
		"no_open_work": {"zh-CN": "您还有 2 项待办和 1 项审批未处理，请先处理完。", "en": "Still open: to-dos 2, approvals 1. Finish them first."},
		"no_bound_services": {"zh-CN": "此账号仍绑定着其他服务（支付宝、淘宝），请先解除绑定。",
			"en": "Other services are still bound to this account: 支付宝, 淘宝. Release them first."},
	} {
		i := slices.IndexFunc(results, func(r policy.Result) bool { return r.Code == code })
		for lang := range want {
			if got := results[i].Text[lang]; got != want[lang] {
				t.Errorf("%s: %q, want %q", code, got, want[lang])
			}
		}
	}
}

func TestDeadlinesAreCountedAsThePolicySays(t *testing.T) {
	calendar, err := workday.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	from := time.Date(2026, 1, 31, 9, 0, 0, 0, time.UTC) // a Saturday
	for _, c := range []struct {
		deadline policy.Deadline
		want     time.Time
	}{
		{policy.Deadline{WorkingDays: 15, Country: "cn"}, time.Date(2026, 2, 27, 16, 0, 0, 0, time.UTC)}, // over Spring Festival
		{policy.Deadline{CalendarDays: 30}, time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)},
		{policy.Deadline{Months: 1}, time.Date(2026, 2, 28, 9, 0, 0, 0, time.UTC)},
		{policy.Deadline{Months: 2}, time.Date(2026, 3, 31, 9, 0, 0, 0, time.UTC)},
		{policy.Deadline{Months: 12}, time.Date(2027, 1, 31, 9, 0, 0, 0, time.UTC)},
	} {
		if got, err := c.deadline.Due(calendar, from); err != nil || !got.Equal(c.want) {
			t.Errorf("%+v: %v, %v, want %v", c.deadline, got, err, c.want)
		}
	}
	wecom := named(t, "wecom")
	if got, err := wecom.Review.Due(calendar, from); err != nil || !got.Equal(time.Date(2026, 2, 3, 16, 0, 0, 0, time.UTC)) {
		t.Errorf("review due %v, %v", got, err)
	}
	if got := wecom.CoolingOff.End(from); !got.Equal(from.Add(15 * 24 * time.Hour)) {
		t.Errorf("cooling-off ends %v", got)
	}
}
