package main

import (
	"context"
	"strconv"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/workday"
)

type calendarListCmd struct {
	Country string `default:"cn"`
}

type yearView struct {
	Country  string         `json:"country"`
	Year     int            `json:"year"`
	Holidays []workday.Date `json:"holidays"`
	Workdays []workday.Date `json:"workdays"`
	Source   string         `json:"source"`
}

func viewYear(y workday.Year) yearView {
	v := yearView(y)
	if v.Holidays == nil {
		v.Holidays = []workday.Date{}
	}
	if v.Workdays == nil {
		v.Workdays = []workday.Date{}
	}
	return v
}

func (c calendarListCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		all, err := a.Closures.Years(ctx, c.Country)
		if err != nil {
			return err
		}
		return e.show(views(all, viewYear), func(p *page) {
			p.table([]string{"country", "year", "holidays", "workdays", "source"}, views(all, func(y workday.Year) []string {
				return []string{y.Country, strconv.Itoa(y.Year), strconv.Itoa(len(y.Holidays)), strconv.Itoa(len(y.Workdays)), y.Source}
			}))
		})
	})
}
