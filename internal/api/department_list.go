package api

import (
	"context"
	"net/http"
)

// departmentList gives an organisation's whole tree, parents before children.
func (f *face) departmentList() {
	register(f, operation{
		ID: "list-departments", Method: http.MethodGet, Path: "/v1/organisations/{id}/departments", Tag: tagOrganisations, Access: managers(),
		Problems: map[int][]string{http.StatusForbidden: {"admin_required"}, http.StatusNotFound: {"organisation_not_found"}},
	}, func(ctx context.Context, in *InOrganisation) (*answer[list[departmentView]], error) {
		if _, err := f.manages(ctx, in.ID); err != nil {
			return nil, err
		}
		all, err := f.Orgs.Departments(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return &answer[list[departmentView]]{Body: list[departmentView]{Items: each(all, shapeDepartment)}}, nil
	})
}
