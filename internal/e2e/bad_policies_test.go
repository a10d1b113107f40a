package e2e_test

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/client"
)

var place = regexp.MustCompile(`^line \d+, column \d+$`)

// A bad policy is refused with the line, the column and the reason of each
// wrong place, in the caller's language, and nothing is kept.
func badPoliciesAreRefusedWithTheirLine(t *testing.T, s *stage) {
	ctx := t.Context()
	s.settle()
	before := s.dump()
	line := func(text string) string { // where the shipped file has it
		source := s.variant("wecom")
		at := strings.Index(source, text)
		return "line " + strconv.Itoa(1+strings.Count(source[:at], "\n")) + ","
	}
	for what, c := range map[string]struct{ find, with, code string }{
		"a condition that is no CEL":       {"size(organisations) <= 1", "size(organisations) <=", "policy_cel"},
		"a fact that there is not":         {"size(organisations) <= 1", "size(organizations) <= 1", "policy_fact_unknown"},
		"a condition that is no yes or no": {"size(organisations) <= 1", "size(organisations)", "policy_cel"},
		"an unknown field":                 {"  sign_in: withdraws", "  sign_in: withdraws\n  grace: 3", "policy_field_unknown"},
		"another word":                     {"sign_in: withdraws", "sign_in: maybe", "policy_not_among"},
		"too many days":                    {"days: 15\n  from", "days: 1500\n  from", "policy_too_big"},
		"a text for a number":              {"days: 15\n  from", "days: soon\n  from", "policy_type"},
		"a placeholder that there is not":  {"有 15 天冷静期", "有 {{.days}} 天冷静期", "policy_placeholder"},
		"a country that nobody knows":      {"country: cn\n\ncooling_off", "country: us\n\ncooling_off", "policy_country_unknown"},
		"a duration without a unit":        {"after: 0d", "after: 30", ""},
		"a field given twice":              {"name: wecom", "name: wecom\nname: other", "yaml_key_twice"},
		"broken YAML":                      {"conditions:", "conditions: [", "yaml_"},
	} {
		source := s.variant("wecom", "version: 3", "version: 4", c.find, c.with)
		for _, call := range []func() error{
			func() error { return drop(s.operator.ValidatePolicy(ctx, []byte(source))) },
			func() error { return drop(s.operator.InstallPolicy(ctx, []byte(source))) },
		} {
			p, ok := errors.AsType[*client.Problem](call())
			if !ok || p.Code != "policy_invalid" || p.Status != 422 || len(p.Errors) == 0 {
				t.Errorf("%s: %v", what, call())
				continue
			}
			if f := p.Errors[0]; !place.MatchString(f.Path) || !strings.HasPrefix(f.Code, c.code) || f.Detail == "" || strings.Contains(f.Detail, "no value") {
				t.Errorf("%s: %+v", what, f)
			}
			if want := line(c.find); strings.HasPrefix(c.code, "policy_") && !strings.Contains(c.with, "\n") && c.code != "policy_placeholder" && !strings.HasPrefix(p.Errors[0].Path, want) {
				t.Errorf("%s is shown at %s, want %s", what, p.Errors[0].Path, want)
			}
		}
		if _, err := s.operator.WithLanguage("zh-CN").ValidatePolicy(ctx, []byte(source)); !chinese(err.Error()) {
			t.Errorf("%s in Chinese: %v", what, err)
		}
	}
	for what, body := range map[string]string{"nothing": "", "NUL": "name: a\x00b\n", "not UTF-8": "name: \xff\n", "a list": "[]", "an anchor bomb": "a: &a [x,x]\nb: &b [*a,*a,*a]\nc: [*b,*b,*b]\n"} {
		if _, err := s.operator.InstallPolicy(ctx, []byte(body)); !client.HasStatus(err, 422) && !client.HasStatus(err, 400) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := s.operator.InstallPolicy(ctx, []byte("# "+strings.Repeat("x", 2<<20))); !client.HasCode(err, "body_too_large") {
		t.Errorf("two megabytes: %v", err)
	}
	if _, err := s.person().ClosureConditions(ctx, "no-such-policy"); !client.HasCode(err, "policy_not_found") {
		t.Errorf("a policy that there is not: %v", err)
	}
	after := s.dump()
	for _, table := range []string{"policies", "calendars"} {
		if before[table] != after[table] {
			t.Errorf("%s has changed:\n%s", table, difference(before[table], after[table]))
		}
	}
}
