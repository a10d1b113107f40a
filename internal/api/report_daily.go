package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/report"
)

// reportDaily counts, day by day, what has happened in the whole installation.
func (f *face) reportDaily() {
	register(f, operation{
		ID: "get-daily-report", Method: http.MethodGet, Path: "/v1/reports/daily", Tag: tagReports, Access: role(identity.Operator, identity.Auditor),
		Problems: map[int][]string{http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *InPeriod) (*answer[reportView], error) {
		return f.daily(ctx, report.Everywhere, *in)
	})
}

func (f *face) daily(ctx context.Context, organisation string, in InPeriod) (*answer[reportView], error) {
	period, err := f.period(in)
	if err != nil {
		return nil, err
	}
	r, err := f.Reports.Of(ctx, organisation, period)
	if err != nil {
		return nil, err
	}
	return &answer[reportView]{Body: shapeReport(r)}, nil
}
