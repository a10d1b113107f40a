package api

import (
	"context"
	"net/http"
)

// organisationReport counts, day by day, what has happened to an organisation's
// members.
func (f *face) organisationReport() {
	register(f, operation{
		ID: "get-organisation-daily-report", Method: http.MethodGet, Path: "/v1/organisations/{id}/reports/daily", Tag: tagReports, Access: managers(),
		Problems: map[int][]string{http.StatusNotFound: {"organisation_not_found"}, http.StatusForbidden: {"admin_required"},
			http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct {
		InOrganisation
		InPeriod
	}) (*answer[reportView], error) {
		if _, err := f.manages(ctx, in.ID); err != nil {
			return nil, err
		}
		return f.daily(ctx, in.ID, in.InPeriod)
	})
}
