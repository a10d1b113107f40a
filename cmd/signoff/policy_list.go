package main

import (
	"context"
	"strconv"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/policy"
)

type policyListCmd struct{}

type policyView struct {
	Name    string `json:"name"`
	Version int    `json:"version"`
	Digest  string `json:"digest"`
	Title   string `json:"title"`
}

func (e *env) viewPolicy(p *policy.Policy) policyView {
	return policyView{Name: p.Name, Version: p.Version, Digest: p.Digest, Title: p.Title.In(e.lang)}
}

func (policyListCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		all, err := a.Closures.ListPolicies(ctx)
		if err != nil {
			return err
		}
		v := views(all, e.viewPolicy)
		return e.show(v, func(p *page) {
			p.table([]string{"policy", "version", "title", "digest"}, views(v, func(x policyView) []string {
				return []string{x.Name, strconv.Itoa(x.Version), x.Title, x.Digest[:12]}
			}))
		})
	})
}
