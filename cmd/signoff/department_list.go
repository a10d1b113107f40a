package main

import (
	"context"
	"strings"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/org"
)

type departmentListCmd struct{ whichOrg }

func (c departmentListCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		all, err := a.Orgs.Departments(ctx, c.Organisation)
		if err != nil {
			return err
		}
		return e.show(views(all, viewDepartment), func(p *page) {
			p.table([]string{"id", "name", "created_at"}, views(all, func(d org.Department) []string {
				depth := strings.Count(d.Path, "/") - 1
				return []string{d.ID, strings.Repeat("  ", max(0, depth)) + d.Name, when(d.CreatedAt)}
			}))
		})
	})
}
