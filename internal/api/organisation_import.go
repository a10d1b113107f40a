package api

import (
	"context"
	"net/http"
)

// organisationImport brings an address book into one organisation. By its admin
// it makes accounts and members there, and reaches nobody else.
func (f *face) organisationImport() {
	register(f, operation{
		ID: "import-members", Method: http.MethodPost, Path: "/v1/organisations/{id}/import", Tag: tagOrganisations, Access: managers(),
		Takes: importTypes(), Limit: importLimit,
		Problems: map[int][]string{http.StatusUnprocessableEntity: importProblems, http.StatusConflict: {"import_interfered"},
			http.StatusForbidden:             {"admin_required", "import_for_operators"},
			http.StatusNotFound:              {"organisation_not_found", "import_sheet_missing"},
			http.StatusRequestEntityTooLarge: {"body_too_large", "import_row_too_large", "import_cell_too_large", "import_too_many_rows", "import_unpacks_too_large"}},
	}, func(ctx context.Context, in *struct {
		InOrganisation
		Importing
	}) (*answer[importView], error) {
		by, err := f.manages(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return f.importPeople(ctx, by, in.ID, in.Importing)
	})
}
