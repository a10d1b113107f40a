package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/identity"
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
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
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
