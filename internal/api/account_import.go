package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// accountImport brings people in, and into any organisation.
func (f *face) accountImport() {
	register(f, operation{
		ID: "import-accounts", Method: http.MethodPost, Path: "/v1/accounts/import", Tag: tagAccounts, Access: role(identity.Operator),
		Takes: importTypes(), Limit: importLimit,
		Problems: map[int][]string{http.StatusUnprocessableEntity: importProblems, http.StatusConflict: {"import_interfered"},
			http.StatusNotFound:              {"organisation_not_found", "import_sheet_missing"},
			http.StatusRequestEntityTooLarge: {"body_too_large", "import_row_too_large", "import_cell_too_large", "import_too_many_rows", "import_unpacks_too_large"}},
	}, func(ctx context.Context, in *struct {
		Importing
		OrganisationID string `query:"organisation_id" maxLength:"64" doc:"The organisation that the people become members of."`
	}) (*answer[importView], error) {
		return f.importPeople(ctx, asOperator(ctx), in.OrganisationID, in.Importing)
	})
}
