package client

import (
	"context"
	"net/url"
)

// DayCount is how often something happened on a day.
type DayCount struct {
	Day    string `json:"day"`    // as 2026-11-26
	Figure string `json:"figure"` // sign_ins, sessions_ended, mass_sign_outs, closures, accounts
	Detail string `json:"detail"` // a kind of device, a cause, what happened to a closure
	Count  int64  `json:"count"`
}

// Report is the counts of some days. Those without any are not in it.
type Report struct {
	From   string     `json:"from"`
	To     string     `json:"to"`
	Counts []DayCount `json:"counts"`
}

func days(from, to string) url.Values {
	q := url.Values{}
	if from != "" || to != "" {
		q.Set("from", from)
		q.Set("to", to)
	}
	return q
}

// DailyReport counts what has happened in the whole installation, by day, from
// one to another (as 2026-11-26, both included), or in the last 30 days where
// neither is given; for operators and auditors. Codes: validation_failed.
func (c *Client) DailyReport(ctx context.Context, from, to string) (Report, error) {
	return get[Report](ctx, c, path("reports", "daily"), days(from, to))
}

// OrganisationDailyReport counts what has happened to an organisation's members.
// Codes: organisation_not_found, admin_required, validation_failed.
func (c *Client) OrganisationDailyReport(ctx context.Context, organisation, from, to string) (Report, error) {
	return get[Report](ctx, c, path("organisations", organisation, "reports", "daily"), days(from, to))
}
