package main

import (
	"context"
	"strings"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
)

type accountListCmd struct {
	part
	State string `enum:",${account_states}" default:"" placeholder:"STATE"`
}

func (c accountListCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		all, err := a.Accounts.List(ctx, identity.Filter{State: identity.State(c.State), After: c.After, Limit: c.Limit})
		if err != nil {
			return err
		}
		v := views(all, viewAccount)
		return e.show(v, func(p *page) {
			var rows [][]string
			for _, x := range v {
				rows = append(rows, []string{x.ID, e.word(string(x.State)), x.Name, names(x.Identifiers), when(x.CreatedAt)})
			}
			p.table([]string{"id", "state", "name", "identifiers", "created_at"}, rows)
		})
	})
}

func names(ids []identifierView) string {
	var all []string
	for _, id := range ids {
		all = append(all, id.Value)
	}
	return strings.Join(all, ", ")
}
