package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
)

type memberPutCmd struct {
	whichOrg
	whom
	Role       string   `enum:"${organisation_roles}" default:"member"`
	Department string   `placeholder:"ID"`
	Office     []string `enum:"${offices}"`
}

func (c memberPutCmd) Run(ctx context.Context, e *env) error {
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		m := org.Member{Organisation: c.Organisation, Account: who.ID, Department: c.Department, Role: c.Role, Offices: c.Office}
		if err := a.Orgs.PutMember(ctx, actor(), m); err != nil {
			return err
		}
		return e.done(putView{c.Organisation, who.ID, c.Role}, "member_put", "role", e.word(c.Role))
	})
}

type putView struct {
	Organisation string `json:"organisation_id"`
	Account      string `json:"account_id"`
	Role         string `json:"role"`
}
