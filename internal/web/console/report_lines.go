package console

import (
	"github.com/signoff-id/signoff/internal/report"
	"github.com/signoff-id/signoff/internal/web/ui"
)

// line is one column of a chart's table.
type line struct {
	name   string
	counts []int64
}

// signInLines splits sign-ins by kind of device.
func signInLines(p *ui.Page, r report.Report) []line { return linesOf(p, r, report.SignIns) }

// endedLines splits ended sessions by why they ended.
func endedLines(p *ui.Page, r report.Report) []line { return linesOf(p, r, report.SessionsEnded) }

func linesOf(p *ui.Page, r report.Report, f report.Figure) (all []line) {
	for _, d := range r.Details(f) {
		all = append(all, line{detailName(p, f, d), r.Line(f, d)})
	}
	return all
}

// closureLines shows how closures begin and how they end.
func closureLines(p *ui.Page, r report.Report) []line {
	if r.Sum(report.Closures) == 0 {
		return nil
	}
	return []line{
		{p.T("page.report.closures_requested"), r.Line(report.Closures, "requested")},
		{p.T("page.report.closures_withdrawn"), r.Line(report.Closures, "withdrawn", "withdrawn_by_sign_in")},
		{p.T("page.report.closures_refused"), r.Line(report.Closures, "rejected", "refused", "lapsed")},
		{p.T("page.report.closures_closed"), r.Line(report.Closures, "closed")},
	}
}

// recentLines shows in three lines what there was.
func recentLines(p *ui.Page, r report.Report) []line {
	if len(r.Tallies) == 0 {
		return nil
	}
	return []line{
		{p.T("report.figure.sign_ins"), r.Line(report.SignIns)},
		{p.T("report.figure.sessions_ended"), r.Line(report.SessionsEnded)},
		{p.T("page.report.closures_requested"), r.Line(report.Closures, "requested")},
	}
}
