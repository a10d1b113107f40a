package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/closure"
)

// closureConditionsCmd tries a policy against an account, without effect.
type closureConditionsCmd struct {
	whom
	Policy string `placeholder:"NAME"`
}

type conditionsView struct {
	Policy     policyView      `json:"policy"`
	Met        bool            `json:"met"`
	Conditions []conditionView `json:"conditions"`
}

func (c closureConditionsCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		who, err := c.find(ctx, a)
		if err != nil {
			return err
		}
		pol, results, err := a.Closures.Try(ctx, who.ID, c.Policy)
		if err != nil {
			return err
		}
		v := conditionsView{e.viewPolicy(pol), closure.Met(results), views(results, e.viewCondition)}
		return e.show(v, func(p *page) {
			p.line(v.Policy.Title)
			p.conditions(v.Conditions)
		})
	})
}
