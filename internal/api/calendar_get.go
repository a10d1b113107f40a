package api

import (
	"context"
	"net/http"
	"slices"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/workday"
)

// calendarGet gives the years whose working days are known.
func (f *face) calendarGet() {
	register(f, operation{
		ID: "get-calendar", Method: http.MethodGet, Path: "/v1/calendars/{country}", Tag: tagPolicies, Access: everyAccount(),
		Problems: map[int][]string{http.StatusNotFound: {"calendar_country_unknown"}},
	}, func(ctx context.Context, in *ByCountry) (*answer[calendarView], error) {
		if !slices.Contains(workday.Countries(), in.Country) {
			return nil, fault.New(fault.NotFound, "calendar_country_unknown", "country", in.Country)
		}
		years, err := f.Closures.Years(ctx, in.Country)
		if err != nil {
			return nil, err
		}
		return &answer[calendarView]{Body: calendarView{Country: in.Country, Years: each(years, shapeYear)}}, nil
	})
}
