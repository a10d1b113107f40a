package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
)

// holderCheckCmd asks data holders whether they can do what their descriptions
// say, and keeps what they answer. It changes nothing there.
type holderCheckCmd struct {
	Name string `arg:"" optional:""`
}

type checkView struct {
	Name    string   `json:"name"`
	OK      bool     `json:"ok"`
	Problem *problem `json:"problem,omitempty"`
}

func (c holderCheckCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		all, err := c.check(ctx, a)
		if err != nil {
			return err
		}
		failed := 0
		v := views(all, func(x holder.LastCheck) checkView {
			if x.Problem == nil {
				return checkView{Name: x.Holder, OK: true}
			}
			failed++
			bad := e.problem(x.Problem)
			return checkView{Name: x.Holder, Problem: &bad}
		})
		if err := e.show(v, func(p *page) { p.checks(v) }); err != nil {
			return err
		}
		if failed > 0 {
			return fault.New(fault.Unavailable, "holders_not_ready", "count", failed)
		}
		return nil
	})
}

func (c holderCheckCmd) check(ctx context.Context, a *app.App) (all []holder.LastCheck, err error) {
	names := a.Holders.Names()
	if c.Name != "" {
		names = []string{c.Name}
	}
	for _, name := range names {
		one, err := a.Checks.Check(ctx, name)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

func (p *page) checks(all []checkView) {
	if len(all) == 0 {
		p.line(p.e.say("nothing"))
	}
	for _, c := range all {
		if c.OK {
			p.line("✓ " + c.Name)
			continue
		}
		p.line("✗ " + c.Name + ": " + c.Problem.Detail + " [" + c.Problem.Code + "]")
		for _, f := range c.Problem.Errors {
			p.line("    " + f.Path + ": " + f.Detail)
		}
	}
}
