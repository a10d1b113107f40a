package policy

import (
	"slices"
	"strconv"
	"time"

	"cel.dev/cel-go/cel"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/workday"
	"github.com/signoff-id/signoff/internal/yamldoc"
)

// checker holds a policy against what a schema cannot say, and compiles its
// conditions on the way.
type checker struct {
	doc    *yamldoc.Node
	policy *Policy
	wrong  []fault.Field
}

func (c *checker) refuse(at *yamldoc.Node, code string, args ...any) {
	c.wrong = append(c.wrong, at.Problem(code, args...))
}

func (c *checker) check() error {
	c.plain(c.doc.Find("title"), c.policy.Title)
	c.plain(c.doc.Find("summary"), c.policy.Summary)
	if err := c.conditions(); err != nil {
		return err
	}
	c.times()
	c.countries()
	c.texts()
	return nil
}

func (c *checker) conditions() error {
	compiler, err := newCompiler()
	if err != nil {
		return err
	}
	lines := map[string]int{}
	for i := range c.policy.Conditions {
		condition := &c.policy.Conditions[i]
		n := c.doc.Find("conditions", strconv.Itoa(i))
		if line, twice := lines[condition.Code]; twice {
			c.refuse(n.Find("code"), "policy_condition_twice", "code", condition.Code, "line", line)
		}
		lines[condition.Code] = n.Find("code").Line
		c.condition(compiler, n, condition)
	}
	return nil
}

func (c *checker) condition(compiler *compiler, n *yamldoc.Node, condition *Condition) {
	var wrong []fault.Field
	condition.holds, wrong = compiler.compile(n.Find("when"), cel.BoolType)
	c.wrong = append(c.wrong, wrong...)
	condition.args = make(map[string]cel.Program, len(condition.written))
	names := []string{}
	if args, ok := n.Field("args"); ok {
		for _, f := range args.Value.Fields { // in written order, so that refusals are too
			condition.args[f.Name], wrong = compiler.compile(f.Value, cel.IntType, cel.StringType, cel.ListType(cel.StringType))
			c.wrong = append(c.wrong, wrong...)
			names = append(names, f.Name)
		}
	}
	c.placeholders(n.Find("text"), condition.Text, names)
	c.plain(n.Find("met"), condition.Met)
}

// plain is a text without placeholders. What is met says so without numbers,
// because it also stands in Explain, where there is no account to count for.
func (c *checker) plain(n *yamldoc.Node, t Text) { c.placeholders(n, t, nil) }

func (c *checker) placeholders(n *yamldoc.Node, t Text, known []string) {
	for _, lang := range language.All() {
		names, ok := placeholders(t[lang])
		if !ok {
			c.refuse(n.Find(lang), "policy_placeholder_form")
		}
		for _, name := range names {
			if !slices.Contains(known, name) {
				c.refuse(n.Find(lang), "policy_placeholder_unknown", "name", name, "known", known)
			}
		}
	}
}

func (c *checker) times() {
	p := c.policy
	if p.Proof.MaxAge < time.Second || p.Proof.MaxAge > time.Hour {
		c.refuse(c.doc.Find("proof", "max_age"), "policy_proof_age")
	}
	if r := p.Review; r != nil && r.MinWorkingDays > r.MaxWorkingDays {
		c.refuse(c.doc.Find("review", "max_working_days"), "policy_review_days")
	}
	if p.CoolingOff != nil && p.CoolingOff.From == FromApproved && p.Review == nil {
		c.refuse(c.doc.Find("cooling_off", "from"), "policy_no_approval")
	}
}

func (c *checker) countries() {
	for _, section := range []string{"review", "deadline"} {
		n := c.doc.Find(section, "country")
		if country := n.Text(); country != "" && !slices.Contains(workday.Countries(), country) {
			c.refuse(n, "policy_country_unknown", "country", country, "known", workday.Countries())
		}
	}
}

func (c *checker) texts() {
	p, texts := c.policy, c.doc.Find("texts")
	needed := []string{}
	if p.Review != nil {
		needed = append(needed, TextApproved, TextRejected)
	}
	if p.CoolingOff != nil && p.CoolingOff.SignIn == SignInWithdraws {
		needed = append(needed, TextWithdrawnBySignIn)
	}
	for _, name := range needed {
		if p.Texts[name] == nil {
			c.refuse(texts, "policy_field_missing", "name", name, "field", "texts")
		}
	}
	var known []string
	for name := range p.numbers() {
		known = append(known, name)
	}
	slices.Sort(known)
	for _, f := range texts.Fields {
		c.placeholders(f.Value, p.Texts[f.Name], known)
	}
}

// numbers are the placeholders of Texts: the policy's own numbers, so that a
// text cannot contradict them.
func (p *Policy) numbers() map[string]any {
	values := map[string]any{}
	if p.Review != nil {
		values["review_min_days"], values["review_max_days"] = p.Review.MinWorkingDays, p.Review.MaxWorkingDays
	}
	if p.CoolingOff != nil {
		values["cooling_off_days"] = p.CoolingOff.Days
	}
	return values
}

func (p *Policy) fillTexts() {
	for name, t := range p.Texts {
		p.Texts[name] = t.fill(p.numbers())
	}
}

// duration reads a whole number with a unit; the schema has checked its form
// and bounded it, so that nothing overflows. "" is 0.
func duration(s string) time.Duration {
	if s == "" {
		return 0
	}
	n, _ := strconv.Atoi(s[:len(s)-1])
	unit := map[byte]time.Duration{'s': time.Second, 'm': time.Minute, 'h': time.Hour, 'd': 24 * time.Hour}
	return time.Duration(n) * unit[s[len(s)-1]]
}
