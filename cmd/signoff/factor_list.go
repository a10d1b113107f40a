package main

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
)

type factorListCmd struct{ whom }

type factorView struct {
	ID        string    `json:"id"`
	Kind      string    `json:"kind"`
	Name      string    `json:"name"`
	CreatedAt time.Time `json:"created_at"`
}

type factorsView struct {
	Factors       []factorView `json:"factors"`
	RecoveryCodes int          `json:"recovery_codes"`
}

func (c factorListCmd) Run(ctx context.Context, e *env) error {
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		all, err := a.Access.Factors(ctx, who.ID)
		if err != nil {
			return err
		}
		out := factorsView{Factors: []factorView{}, RecoveryCodes: all.RecoveryCodes}
		for _, f := range all.Factors {
			out.Factors = append(out.Factors, factorView{f.ID, f.Kind, f.Name, f.CreatedAt})
		}
		return e.show(out, func(p *page) {
			for _, f := range out.Factors {
				p.line(f.ID + "  " + e.word(f.Kind) + "  " + f.Name)
			}
			p.line(e.say("done.factors_listed", "count", len(out.Factors), "codes", out.RecoveryCodes))
		})
	})
}
