package api

import (
	"context"
	"net/http"
)

// newDepartment is a department to add.
type newDepartment struct {
	Name     string `json:"name" minLength:"1" maxLength:"200"`
	ParentID string `json:"parent_id,omitempty" maxLength:"64" doc:"Left out: at the root."`
}

// departmentCreate adds a department to an organisation's tree.
func (f *face) departmentCreate() {
	register(f, operation{
		ID: "create-department", Method: http.MethodPost, Path: "/v1/organisations/{id}/departments", Tag: tagOrganisations, Access: managers(),
		Status: http.StatusCreated, Creates: true,
		Problems: map[int][]string{http.StatusForbidden: {"admin_required"}, http.StatusUnprocessableEntity: {"validation_failed"},
			http.StatusNotFound: {"organisation_not_found", "department_not_found"}},
	}, func(ctx context.Context, in *struct {
		InOrganisation
		Body newDepartment
	}) (*answer[departmentView], error) {
		by, err := f.manages(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		d, err := f.Orgs.CreateDepartment(ctx, by, in.ID, in.Body.ParentID, in.Body.Name)
		if err != nil {
			return nil, err
		}
		return &answer[departmentView]{Body: shapeDepartment(d)}, nil
	})
}
