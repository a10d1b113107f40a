package api

import "github.com/signoff-id/signoff/internal/report"

// InPeriod says which days a report is about.
type InPeriod struct {
	From string `query:"from" maxLength:"10" example:"2026-11-01" doc:"The first day. Without it, 30 days up to today."`
	To   string `query:"to" maxLength:"10" example:"2026-11-30" doc:"The last day. Given together with the first one."`
}

// usualDays is the length of a report that names no days.
const usualDays = 30

func (f *face) period(in InPeriod) (report.Period, error) {
	if in.From == "" && in.To == "" {
		return f.Reports.Latest(usualDays), nil
	}
	return report.ParsePeriod(in.From, in.To)
}

// tallyView is one count.
type tallyView struct {
	Day    string `json:"day" example:"2026-11-26"`
	Figure string `json:"figure" enum:"sign_ins,sessions_ended,mass_sign_outs,closures,accounts"`
	Detail string `json:"detail" doc:"The kind of device of a sign-in, the cause of an ended session, what happened to a closure." example:"desktop"`
	Count  int64  `json:"count"`
}

// reportView is a report. Days on which nothing happened have no count.
type reportView struct {
	From   string      `json:"from"`
	To     string      `json:"to"`
	Counts []tallyView `json:"counts"`
}

func shapeReport(r report.Report) reportView {
	v := reportView{From: r.Days[0], To: r.Days[len(r.Days)-1], Counts: make([]tallyView, len(r.Tallies))}
	for i, t := range r.Tallies {
		v.Counts[i] = tallyView{t.Day, string(t.Figure), t.Detail, t.N}
	}
	return v
}
