package main

import (
	"context"
	"strings"

	"github.com/signoff-id/signoff/internal/app"
)

// policyShowCmd prints the file of a policy's newest version, as installed.
type policyShowCmd struct {
	Name string `arg:""`
}

type policySourceView struct {
	policyView
	Source string `json:"source"`
}

func (c policyShowCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		p, err := a.Closures.Policy(ctx, c.Name)
		if err != nil {
			return err
		}
		return e.show(policySourceView{e.viewPolicy(p), string(p.Source)}, func(out *page) {
			out.line(strings.TrimRight(string(p.Source), "\n"))
		})
	})
}
