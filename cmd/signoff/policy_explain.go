package main

import (
	"context"
	"os"
	"strings"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/policy"
)

// policyExplainCmd says in plain words what a policy means: an installed one by
// its name, or a file; and, for an account, which of its conditions hold now.
type policyExplainCmd struct {
	Name    string `arg:""`
	Account string `placeholder:"ACCOUNT"`
}

type explainView struct {
	policyView
	Explanation string          `json:"explanation"`
	Conditions  []conditionView `json:"conditions,omitempty"`
}

func (c policyExplainCmd) Run(ctx context.Context, e *env) error {
	if source, err := os.ReadFile(c.Name); err == nil {
		if c.Account != "" {
			return badUsage(fault.New(fault.Invalid, "explain_installed_only"))
		}
		p, err := policy.Parse(source)
		if err != nil {
			return err
		}
		return e.explain(p, nil)
	}
	return e.open(ctx, func(a *app.App) error {
		if c.Account == "" {
			p, err := a.Closures.Policy(ctx, c.Name)
			if err != nil {
				return err
			}
			return e.explain(p, nil)
		}
		who, err := findAccount(ctx, a, c.Account)
		if err != nil {
			return err
		}
		p, results, err := a.Closures.Try(ctx, who.ID, c.Name)
		if err != nil {
			return err
		}
		return e.explain(p, views(results, e.viewCondition))
	})
}

func (e *env) explain(p *policy.Policy, conditions []conditionView) error {
	v := explainView{e.viewPolicy(p), p.Explain(e.lang), conditions}
	return e.show(v, func(out *page) {
		out.line(strings.TrimRight(v.Explanation, "\n"))
		if conditions != nil {
			out.heading("conditions_now")
			out.conditions(conditions)
		}
	})
}
