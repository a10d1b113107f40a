package main

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/org"
)

type departmentCreateCmd struct {
	whichOrg
	Name   string `arg:""`
	Parent string `placeholder:"ID"`
}

type departmentView struct {
	ID           string    `json:"id"`
	Organisation string    `json:"organisation_id"`
	Parent       string    `json:"parent_id,omitempty"`
	Name         string    `json:"name"`
	CreatedAt    time.Time `json:"created_at"`
}

func viewDepartment(d org.Department) departmentView {
	return departmentView{ID: d.ID, Organisation: d.Organisation, Parent: d.Parent, Name: d.Name, CreatedAt: d.CreatedAt}
}

func (c departmentCreateCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		d, err := a.Orgs.CreateDepartment(ctx, actor(), c.Organisation, c.Parent, c.Name)
		if err != nil {
			return err
		}
		return e.done(viewDepartment(d), "department_created", "id", d.ID)
	})
}
