package policy_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/policy"
)

const condition = `  - code: first
    when: size(organisations) == 0
    text: {zh-CN: 甲, en: a}
    met: {zh-CN: 乙, en: b}
    resolve: /x
`

// valid has every optional part, so that a test can break any of them.
const valid = `name: mine
version: 1
title: {zh-CN: 题, en: t}
summary: {zh-CN: 要, en: s}
conditions:
` + condition + `proof:
  methods: [password]
  max_age: 10m
review:
  min_working_days: 1
  max_working_days: 2
  country: cn
cooling_off:
  days: 3
  from: requested
  sign_in: withdraws
reuse:
  after: 1d
deadline:
  working_days: 15
  country: cn
texts:
  warning: {zh-CN: 甲, en: a}
  confirm: {zh-CN: 甲, en: a}
  requested: {zh-CN: 甲, en: a}
  approved: {zh-CN: 甲, en: a}
  rejected: {zh-CN: 甲, en: a}
  withdrawn: {zh-CN: 甲, en: a}
  withdrawn_by_sign_in: {zh-CN: 甲, en: a}
  refused: {zh-CN: 甲, en: a}
  closed: {zh-CN: 甲, en: a}
`

func TestParseKeepsTheSource(t *testing.T) {
	src := []byte(valid)
	p, err := policy.Parse(src)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(src)
	src[0] = 'X'
	if p.Digest != hex.EncodeToString(sum[:]) || string(p.Source) != valid {
		t.Errorf("digest %s, source %q", p.Digest, p.Source)
	}
}

func TestParseRefusesWithLineColumnAndReason(t *testing.T) {
	when := "when: size(organisations) == 0"
	for name, c := range map[string]struct{ old, new, at, code string }{
		"unknown field":           {"review:", "reviews:", "line 14, column 1", "policy_field_unknown"},
		"unknown field, deeper":   {"    resolve: /x", "    resolve: /x\n    link: /y", "line 11, column 5", "policy_field_unknown"},
		"missing field":           {"    resolve: /x\n", "", "line 6, column 5", "policy_field_missing"},
		"missing language":        {"text: {zh-CN: 甲, en: a}", "text: {zh-CN: 甲}", "line 8, column 11", "policy_language_missing"},
		"unknown language":        {"text: {zh-CN: 甲, en: a}", "text: {zh-CN: 甲, en: a, fr: b}", "line 8, column 29", "policy_language_unknown"},
		"empty language":          {"text: {zh-CN: 甲, en: a}", "text: {zh-CN: 甲, en: ' '}", "line 8, column 26", "policy_blank"},
		"wrong type":              {"version: 1", "version: one", "line 2, column 10", "policy_type"},
		"wrong type, null":        {"version: 1", "version:", "line 2, column 1", "policy_type"},
		"not a mapping":           {valid, "- a\n", "line 1, column 1", "policy_type"},
		"version zero":            {"version: 1", "version: 0", "line 2, column 10", "policy_too_small"},
		"too many days":           {"days: 3", "days: 366", "line 19, column 9", "policy_too_big"},
		"bad name":                {"name: mine", "name: Mine", "line 1, column 7", "policy_pattern"},
		"not YAML":                {"name: mine", "name: [mine", "line 2, column 1", "yaml_syntax"},
		"anchor":                  {"name: mine", "name: &a mine", "line 1, column 7", "yaml_feature"},
		"field twice":             {"version: 1", "version: 1\nversion: 2", "line 3, column 1", "yaml_key_twice"},
		"too large":               {"version: 1", "version: 1 # " + strings.Repeat("x", 64<<10), "line 2, column 65526", "yaml_too_large"},
		"method":                  {"[password]", "[password, sms]", "line 12, column 23", "policy_not_among"},
		"no method":               {"[password]", "[]", "line 12, column 12", "policy_too_small"},
		"method twice":            {"[password]", "[password, password]", "line 12, column 12", "policy_twice"},
		"duration form":           {"after: 1d", "after: 1 day", "line 23, column 10", "policy_duration"},
		"duration as number":      {"after: 1d", "after: 1", "line 23, column 10", "policy_type"},
		"reuse both":              {"after: 1d", "after: 1d\n  never: true", "line 23, column 3", "policy_choose_one"},
		"reuse never: false":      {"after: 1d", "never: false", "line 23, column 10", "policy_not_among"},
		"deadline without":        {"deadline:\n  working_days: 15\n  country: cn", "deadline: {}", "line 24, column 11", "policy_choose_one"},
		"deadline both":           {"  working_days: 15\n", "  working_days: 15\n  months: 1\n", "line 25, column 3", "policy_choose_one"},
		"deadline's country":      {"  working_days: 15\n", "  months: 1\n", "line 25, column 3", "policy_field_needs"},
		"proof too old":           {"max_age: 10m", "max_age: 2h", "line 13, column 12", "policy_proof_age"},
		"proof at once":           {"max_age: 10m", "max_age: 0s", "line 13, column 12", "policy_proof_age"},
		"review days":             {"min_working_days: 1", "min_working_days: 3", "line 16, column 21", "policy_review_days"},
		"review country":          {"  max_working_days: 2\n  country: cn", "  max_working_days: 2\n  country: xx", "line 17, column 12", "policy_country_unknown"},
		"no approval":             {"review:\n  min_working_days: 1\n  max_working_days: 2\n  country: cn\ncooling_off:\n  days: 3\n  from: requested", "cooling_off:\n  days: 3\n  from: approved", "line 16, column 9", "policy_no_approval"},
		"sign_in":                 {"sign_in: withdraws", "sign_in: ends", "line 21, column 12", "policy_not_among"},
		"text of a review":        {"  approved: {zh-CN: 甲, en: a}\n", "", "line 28, column 3", "policy_field_missing"},
		"text of a sign-in":       {"  withdrawn_by_sign_in: {zh-CN: 甲, en: a}\n", "", "line 28, column 3", "policy_field_missing"},
		"text needed":             {"  closed: {zh-CN: 甲, en: a}\n", "", "line 28, column 3", "policy_field_missing"},
		"text unknown":            {"  closed:", "  reopened: {zh-CN: 甲, en: a}\n  closed:", "line 36, column 3", "policy_field_unknown"},
		"text too long":           {"en: t}", "en: " + strings.Repeat("t", 2001) + "}", "line 3, column 23", "policy_too_big"},
		"another site":            {"resolve: /x", "resolve: //evil.example", "line 10, column 14", "policy_link"},
		"a script":                {"resolve: /x", "resolve: javascript:alert(1)", "line 10, column 14", "policy_link"},
		"condition twice":         {condition, condition + condition, "line 11, column 11", "policy_condition_twice"},
		"CEL syntax":              {when, "when: size(organisations) ==", "line 7, column 33", "policy_cel"},
		"CEL type of an operand":  {when, "when: size(organisations) == 'a'", "line 7, column 31", "policy_cel"},
		"CEL not a condition":     {when, "when: size(organisations)", "line 7, column 11", "policy_cel_type"},
		"CEL empty":               {when, "when: ' '", "line 7, column 11", "policy_blank"},
		"fact misspelt":           {when, "when: stolen || baned", "line 7, column 21", "policy_fact_unknown"},
		"fact misspelt in a list": {when, "when: organisations.all(o, o.rol != 'creator')", "line 7, column 33", "policy_fact_unknown"},
		"in a block":              {when, "when: |\n      stolen ||\n\n        \"中文\" == baned", "line 10, column 17", "policy_fact_unknown"},
		"in folded text":          {when, "when: >-\n      stolen ||\n      baned", "line 9, column 7", "policy_fact_unknown"},
		"in double quotes":        {when, `when: "\"a\" == \"b\" || baned"`, "line 7, column 30", "policy_fact_unknown"},
		"in single quotes":        {when, `when: '''a'' == ''b'' || baned'`, "line 7, column 30", "policy_fact_unknown"},
		"the time":                {when, "when: timestamp('2030-01-01T00:00:00Z') == null", "line 7, column 11", "policy_fact_unknown"},
		"now":                     {when, "when: stolen || now() > 1", "line 7, column 21", "policy_fact_unknown"},
		"a regular expression":    {when, "when: \"'a'.matches('a')\"", "line 7, column 16", "policy_fact_unknown"},
		"role misspelt":           {when, "when: organisations.all(o, o.role != 'superadmin')", "line 7, column 42", "policy_value_impossible"},
		"role misspelt in a list": {when, "when: organisations.all(o, !(o.role in ['creator', 'boss']))", "line 7, column 56", "policy_value_impossible"},
		"office misspelt":         {when, "when: \"!organisations.exists(o, 'finance' in o.offices)\"", "line 7, column 37", "policy_value_impossible"},
		"attestation misspelt":    {when, "when: \"'tax' in attestations\"", "line 7, column 12", "policy_value_impossible"},
		"certification misspelt":  {when, "when: organisations.exists(o, 'done' == o.certification)", "line 7, column 35", "policy_value_impossible"},
		"loops too deep":          {when, "when: bindings.all(a, bindings.all(b, bindings.all(c, a == b && b == c)))", "", "policy_cel"},
		"parentheses too deep":    {when, "when: " + strings.Repeat("(", 200) + "true" + strings.Repeat(")", 200), "", "policy_cel"},
		"args type":               {when, when + "\n    args: {n: stolen}", "line 8, column 15", "policy_cel_type"},
		"args misspelt":           {when, when + "\n    args: {n: size(organisation)}", "line 8, column 20", "policy_fact_unknown"},
		"args name":               {when, when + "\n    args: {N: size(organisations)}", "line 8, column 12", "policy_argument_name"},
		"placeholder unknown":     {"text: {zh-CN: 甲", "text: {zh-CN: '{{.n}}'", "line 8, column 19", "policy_placeholder_unknown"},
		"placeholder form":        {"text: {zh-CN: 甲", "text: {zh-CN: '{{n}}'", "line 8, column 19", "policy_placeholder_form"},
		"placeholder open":        {"text: {zh-CN: 甲", "text: {zh-CN: '{{.n'", "line 8, column 19", "policy_placeholder_form"},
		"placeholder in met":      {"met: {zh-CN: 乙", "met: {zh-CN: '{{.n}}'", "line 9, column 18", "policy_placeholder_unknown"},
		"number of no review":     {"warning: {zh-CN: 甲", "warning: {zh-CN: '{{.days}}'", "line 28, column 20", "policy_placeholder_unknown"},
	} {
		src := strings.Replace(valid, c.old, c.new, 1)
		if src == valid {
			t.Fatalf("%s: nothing was changed", name)
		}
		_, err := policy.Parse([]byte(src))
		e := fault.Of(err)
		if e.Kind != fault.Invalid || e.Code != "policy_invalid" || len(e.Fields) != 1 {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if f := e.Fields[0]; f.Code != c.code || (c.at != "" && f.Path != c.at) {
			t.Errorf("%s: %s at %s, want %s at %s", name, f.Code, f.Path, c.code, c.at)
		}
	}
}

func TestParseNamesEveryWrongPlaceUpToABound(t *testing.T) {
	src := strings.Replace(valid, "version: 1", "version: 0\na: 1\nb: 2", 1)
	_, err := policy.Parse([]byte(src))
	if n := len(fault.Of(err).Fields); n != 3 {
		t.Errorf("%d places, want 3: %v", n, err)
	}
	_, err = policy.Parse([]byte(strings.Replace(valid, condition, strings.Repeat(condition, 40), 1)))
	if n := len(fault.Of(err).Fields); n != 20 {
		t.Errorf("%d places, want 20", n)
	}
}

func TestAnErrorInAConditionIsNeverMet(t *testing.T) {
	parse := func(when string) *policy.Policy {
		p, err := policy.Parse([]byte(strings.Replace(valid, "when: size(organisations) == 0", "when: '"+when+"'", 1)))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	many := make([]string, 3000)
	for name, c := range map[string]struct {
		when  string
		facts policy.Facts
	}{
		"out of range": {"arrears[0].amount == 0", policy.Facts{}},
		"division":     {"1 / open_todos == 1", policy.Facts{}},
		"too costly":   {"bindings.all(a, bindings.all(b, a == b))", policy.Facts{Bindings: many}},
	} {
		results, err := parse(c.when).Evaluate(context.Background(), c.facts)
		if e := fault.Of(err); results != nil || e.Kind != fault.Internal || e.Code != "policy_evaluation_failed" || e.Args["condition"] != "first" {
			t.Errorf("%s: %v, %v", name, results, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := parse("true").Evaluate(ctx, policy.Facts{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := (&policy.Policy{Conditions: []policy.Condition{{Code: "x", When: "true"}}}).Evaluate(context.Background(), policy.Facts{}); err == nil {
		t.Error("a policy that was not parsed has nothing to answer with")
	}
}

func TestArgumentsAreWorkedOutOnlyForTheReasonShown(t *testing.T) {
	src := strings.Replace(valid, "when: size(organisations) == 0\n    text: {zh-CN: 甲, en: a}",
		"when: size(arrears) == 0\n    args: {first: 'arrears[0].currency', unused: 'arrears[9].currency'}\n    text: {zh-CN: '欠 {{.first}}', en: 'owes {{.first}}'}", 1)
	p, err := policy.Parse([]byte(src))
	if err != nil {
		t.Fatal(err)
	}
	for want, facts := range map[string]policy.Facts{"b": {}, "owes CNY": {Arrears: []policy.Arrear{{Currency: "CNY", Amount: 5}}}} {
		results, err := p.Evaluate(context.Background(), facts)
		if err != nil || results[0].Text["en"] != want || results[0].Met != (want == "b") {
			t.Errorf("%+v, %v, want %q", results, err, want)
		}
	}
}

func TestImpossibleFactsAreRefused(t *testing.T) {
	p := named(t, "wecom")
	for want, f := range map[string]policy.Facts{
		"organisations[].role":          in(member("owner")),
		"organisations[].offices":       in(member("member", "chair")),
		"organisations[].certification": in(certification("")),
		"open_todos":                    {OpenTodos: -1},
		"open_approvals":                {OpenApprovals: -1},
		"attestations":                  {Attestations: []string{"tax"}},
	} {
		if _, err := p.Evaluate(context.Background(), f); fault.Of(err).Code != "policy_fact_impossible" || fault.Of(err).Args["fact"] != want {
			t.Errorf("%s: %v", want, err)
		}
	}
}

func TestAPolicyIsSharedSafely(t *testing.T) {
	p := named(t, "dingtalk")
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			f := in()
			f.OpenTodos = i
			results, err := p.Evaluate(context.Background(), f)
			if err != nil || results[4].Met != (i == 0) {
				t.Errorf("%d: %v, %v", i, results, err)
				return
			}
			results[0].Text["en"] = "mine" // what callers get is theirs
			p.Explain("en")
		})
	}
	wg.Wait()
	if p.Conditions[0].Met["en"] == "mine" {
		t.Error("a result reached into the policy")
	}
}

func TestTheSchemaIsASchema(t *testing.T) {
	var s map[string]any
	if err := json.Unmarshal(policy.Schema(), &s); err != nil || s["$schema"] != "https://json-schema.org/draft/2020-12/schema" {
		t.Errorf("%v, %v", s["$schema"], err)
	}
	policy.Schema()[0] = 'X'
	if !bytes.HasPrefix(policy.Schema(), []byte("{")) {
		t.Error("a caller could change the schema")
	}
}

func TestEveryFactCanBeAsked(t *testing.T) {
	for _, d := range policy.FactDocs() {
		list, field, each := strings.Cut(d.Name, "[].")
		when := "[" + d.Name + "] == [" + d.Name + "]"
		if each {
			when = list + ".all(x, [x." + field + "] == [x." + field + "])"
		}
		src := strings.Replace(valid, "when: size(organisations) == 0", "when: '"+when+"'", 1)
		p, err := policy.Parse([]byte(src))
		if err != nil {
			t.Errorf("%s: %v", d.Name, err)
			continue
		}
		facts := in(member("member"))
		facts.Arrears = []policy.Arrear{{Currency: "CNY", Amount: 1}}
		if results, err := p.Evaluate(context.Background(), facts); err != nil || !results[0].Met {
			t.Errorf("%s: %v, %v", d.Name, results, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(valid))
	f.Add([]byte("name: a\nversion: 1.0\n"))
	f.Add([]byte("conditions:\n  - when: \"a.b.c[0]{}\"\n"))
	f.Add([]byte(strings.Replace(valid, "size(organisations) == 0", "\"\\\"中\\\" in attestations\"", 1)))
	f.Add([]byte(strings.Replace(valid, "size(organisations) == 0", "|\n      organisations.exists(o,\n      o.role == 'x')", 1)))
	f.Fuzz(func(t *testing.T, src []byte) {
		p, err := policy.Parse(src)
		if err != nil {
			if e := fault.Of(err); e.Code != "policy_invalid" || len(e.Fields) == 0 || !strings.HasPrefix(e.Fields[0].Path, "line ") {
				t.Fatalf("a refusal without a place: %v", err)
			}
			return
		}
		p.Explain("en")
		if _, err := p.Evaluate(context.Background(), policy.Facts{}); err != nil && !fault.Is(err, "policy_evaluation_failed") {
			t.Fatal(err)
		}
	})
}

func BenchmarkEvaluate(b *testing.B) {
	for _, p := range shipped(b) {
		b.Run(p.Name, func(b *testing.B) {
			facts := in(member("member"), member("admin", "finance_officer"))
			for b.Loop() {
				if _, err := p.Evaluate(context.Background(), facts); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	src := named(b, "wecom").Source
	for b.Loop() {
		if _, err := policy.Parse(src); err != nil {
			b.Fatal(err)
		}
	}
}
