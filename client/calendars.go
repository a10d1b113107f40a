package client

import (
	"context"
	"net/http"
)

// Calendar is what is known of a country's working days.
type Calendar struct {
	Country string         `json:"country"`
	Years   []CalendarYear `json:"years"`
}

// CalendarYear is what a country has decreed for one year. Days are written as
// 2026-01-31.
type CalendarYear struct {
	Year     int      `json:"year"`
	Source   string   `json:"source"`
	Holidays []string `json:"holidays"`
	Workdays []string `json:"workdays"` // weekend days on which people work
}

// Calendar gives a country's calendar; country is ISO 3166-1 alpha-2 in lower
// case. Codes: calendar_country_unknown.
func (c *Client) Calendar(ctx context.Context, country string) (Calendar, error) {
	return get[Calendar](ctx, c, path("calendars", country), nil)
}

// PutCalendarYear uploads a year, a YAML file; for operators. Codes:
// calendar_invalid, calendar_country_differs.
func (c *Client) PutCalendarYear(ctx context.Context, country string, source []byte) (CalendarYear, error) {
	return ask[CalendarYear](ctx, c, call{method: http.MethodPut, path: path("calendars", country), raw: source, rawType: yamlType})
}
