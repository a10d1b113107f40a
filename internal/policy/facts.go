package policy

import (
	"slices"

	"cel.dev/cel-go/cel"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/language"
)

// Facts is all that conditions can ask about an account. FactDocs documents it.
type Facts struct {
	CanSignIn     bool
	Organisations []Organisation
	OpenTodos     int
	OpenApprovals int
	Bindings      []string
	Stolen        bool
	Banned        bool
	Arrears       []Arrear
	Attestations  []string
}

// Organisation is one membership, with everything that is true of the person in
// it.
type Organisation struct {
	ID            string   `cel:"id"`
	Role          string   `cel:"role"`
	Offices       []string `cel:"offices"`
	Certification string   `cel:"certification"`
}

// Arrear is an amount that is owed, in the currency's minor units (分, cents).
type Arrear struct {
	Currency string `cel:"currency"`
	Amount   int64  `cel:"amount"`
}

// FactDoc documents one fact, for the manual and the console.
type FactDoc struct {
	Name    string // as conditions write it; "organisations[].role" is a field of each
	Type    string // CEL
	Values  []string
	Meaning Text
}

// fact is a FactDoc that also declares.
type fact struct {
	name   string
	kind   *cel.Type
	values []string // all that can occur; nil: anything
	zh, en string
}

// facts is the one list behind the typed environment, the documentation and the
// check of values.
func facts() []fact {
	texts := cel.ListType(cel.StringType)
	return []fact{
		{"can_sign_in", cel.BoolType, nil, "账号具备登录权限", "The account is allowed to sign in"},
		{"organisations", cel.ListType(cel.ObjectType("policy.Organisation")), nil, "账号所在的企业", "The organisations that the account belongs to"},
		{"organisations[].id", cel.StringType, nil, "企业的 ID", "The organisation's id"},
		{"organisations[].role", cel.StringType, roles(),
			"在其中的角色：创建人、超级管理员、管理员、成员", "The role in it"},
		{"organisations[].offices", texts, offices(),
			"在其中担任的职务：法定代表人、财务负责人", "The offices held in it"},
		{"organisations[].certification", cel.StringType, certifications(),
			"其企业认证：未认证、进行中、已认证", "The state of its enterprise certification"},
		{"open_todos", cel.IntType, nil, "未处理的待办数", "How many to-dos are open"},
		{"open_approvals", cel.IntType, nil, "未处理的审批数", "How many approvals are open"},
		{"bindings", texts, nil, "已绑定的外部服务名称", "The names of the bound outside services"},
		{"stolen", cel.BoolType, nil, "账号被标记为被盗", "The account is flagged as stolen"},
		{"banned", cel.BoolType, nil, "账号被封禁", "The account is banned"},
		{"arrears", cel.ListType(cel.ObjectType("policy.Arrear")), nil, "欠费", "The amounts owed"},
		{"arrears[].currency", cel.StringType, nil, "币种，ISO 4217，如 CNY", "The currency, ISO 4217, such as CNY"},
		{"arrears[].amount", cel.IntType, nil, "金额，以最小货币单位（分）计", "The amount in the currency's minor units"},
		{"attestations", texts, attestations(),
			"已提交证明的事项：税务注销、社保退工", "What is attested with evidence"},
	}
}

func roles() []string          { return []string{"creator", "super_admin", "admin", "member"} }
func offices() []string        { return []string{"legal_representative", "finance_officer"} }
func certifications() []string { return []string{"none", "in_progress", "certified"} }
func attestations() []string   { return []string{"tax_deregistration", "social_insurance_exit"} }

// FactDocs documents the facts, in the order of the manual.
func FactDocs() []FactDoc {
	var docs []FactDoc
	for _, f := range facts() {
		docs = append(docs, FactDoc{Name: f.name, Type: f.kind.String(), Values: f.values, Meaning: language.Each(f.zh, f.en)})
	}
	return docs
}

// allowed lists what can occur in a fact; nil means anything.
func allowed(name string) []string {
	for _, f := range facts() {
		if f.name == name {
			return f.values
		}
	}
	return nil
}

// variables is what a condition sees of f.
func (f Facts) variables() map[string]any {
	return map[string]any{
		"can_sign_in":    f.CanSignIn,
		"organisations":  f.Organisations,
		"open_todos":     f.OpenTodos,
		"open_approvals": f.OpenApprovals,
		"bindings":       f.Bindings,
		"stolen":         f.Stolen,
		"banned":         f.Banned,
		"arrears":        f.Arrears,
		"attestations":   f.Attestations,
	}
}

// check refuses facts that cannot be: a role that no condition knows would make
// "not a creator" hold by accident. The fault names the fact, never its value.
func (f Facts) check() error {
	roles, offices, certifications := roles(), offices(), certifications()
	for _, o := range f.Organisations {
		switch {
		case !slices.Contains(roles, o.Role):
			return impossible("organisations[].role")
		case !within(o.Offices, offices):
			return impossible("organisations[].offices")
		case !slices.Contains(certifications, o.Certification):
			return impossible("organisations[].certification")
		}
	}
	switch {
	case f.OpenTodos < 0:
		return impossible("open_todos")
	case f.OpenApprovals < 0:
		return impossible("open_approvals")
	case !within(f.Attestations, attestations()):
		return impossible("attestations")
	}
	return nil
}

func within(values, allowed []string) bool {
	return !slices.ContainsFunc(values, func(v string) bool { return !slices.Contains(allowed, v) })
}

func impossible(name string) error {
	return fault.New(fault.Internal, "policy_fact_impossible", "fact", name)
}
