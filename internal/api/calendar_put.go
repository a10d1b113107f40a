package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/workday"
)

// calendarPut keeps a year of a country's calendar, in the place of an earlier
// description of the same year.
func (f *face) calendarPut() {
	register(f, operation{
		ID: "put-calendar-year", Method: http.MethodPut, Path: "/v1/calendars/{country}", Tag: tagPolicies, Access: role(identity.Operator), Raw: true,
		Problems: map[int][]string{http.StatusUnprocessableEntity: {"calendar_invalid", "calendar_country_differs", "upload_not_a_source"}},
	}, func(ctx context.Context, in *struct {
		ByCountry
		Upload
	}) (*answer[yearView], error) {
		source, err := in.source()
		if err != nil {
			return nil, err
		}
		y, err := workday.ParseYear(source)
		if err != nil {
			return nil, err
		}
		if y.Country != in.Country {
			return nil, fault.New(fault.Invalid, "calendar_country_differs", "country", y.Country, "wanted", in.Country)
		}
		if y, err = f.Closures.UploadYear(ctx, asOperator(ctx), source); err != nil {
			return nil, err
		}
		return &answer[yearView]{Body: shapeYear(y)}, nil
	})
}
