package api

import (
	"github.com/signoff-id/signoff/internal/workday"
)

// yearView is what a country has decreed for one year.
type yearView struct {
	Year     int      `json:"year"`
	Source   string   `json:"source" doc:"The decree."`
	Holidays []string `json:"holidays" nullable:"false" doc:"Days off, as 2026-01-31."`
	Workdays []string `json:"workdays" nullable:"false" doc:"Weekend days on which people work."`
}

func shapeYear(y workday.Year) yearView {
	return yearView{Year: y.Year, Source: y.Source, Holidays: each(y.Holidays, workday.Date.String), Workdays: each(y.Workdays, workday.Date.String)}
}

// calendarView is what is known of a country's working days.
type calendarView struct {
	Country string     `json:"country"`
	Years   []yearView `json:"years" nullable:"false"`
}

// ByCountry names a country in the path.
type ByCountry struct {
	Country string `path:"country" minLength:"2" maxLength:"2" doc:"ISO 3166-1 alpha-2, lower case."`
}
