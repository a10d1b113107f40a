package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

type memberListCmd struct {
	whichOrg
	part
}

func (c memberListCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		all, err := a.Orgs.Members(ctx, c.Organisation, c.After, c.Limit)
		if err != nil {
			return err
		}
		v := views(all, viewMember)
		return e.show(v, func(p *page) {
			p.table([]string{"account", "role", "offices", "department", "joined_at"}, views(v, func(m memberView) []string {
				return []string{m.Account, e.word(m.Role), e.words(m.Offices), m.Department, when(m.JoinedAt)}
			}))
		})
	})
}
