package console

import (
	"net/url"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/report"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// usualDays is the length of a report for which nobody has chosen one.
const usualDays = 30

// scope is whose report is shown, and whose could be.
type scope struct {
	organisation string // or report.Everywhere
	name         string
	choices      []ui.Option
}

// scopeOf reads whose report somebody wants: the whole platform's, for operators
// and auditors, or that of an organisation that they manage.
func (p *Pages) scopeOf(v *visit.Visit) (s scope, err error) {
	everywhere, err := p.seesEverywhere(v)
	if err != nil {
		return s, err
	}
	if everywhere {
		s.choices = append(s.choices, ui.Option{Value: report.Everywhere, Label: v.T("page.report.everywhere")})
	}
	own, err := v.Callers().Managed(v.Context(), v.Caller)
	if err != nil {
		return s, err
	}
	s.choices = append(s.choices, choices(own)...)
	if s.organisation = v.Query("organisation"); s.organisation == "" && len(s.choices) > 0 {
		s.organisation = s.choices[0].Value
	}
	if s.at(s.organisation) < 0 { // an operator may ask for any, and is told so of what is none
		if _, err := v.Manages(s.organisation); err != nil {
			return s, err
		}
		o, err := p.Orgs.Get(v.Context(), s.organisation)
		if err != nil {
			return s, err
		}
		s.choices = append(s.choices, choices([]org.Organisation{o})...)
	}
	s.name = s.choices[s.at(s.organisation)].Label
	return s, nil
}

func (s scope) at(organisation string) int {
	return slices.IndexFunc(s.choices, func(o ui.Option) bool { return o.Value == organisation })
}

func (p *Pages) seesEverywhere(v *visit.Visit) (bool, error) {
	for _, role := range []string{identity.Operator, identity.Auditor} {
		if has, err := v.Has(role); has || err != nil {
			return has, err
		}
	}
	return false, nil
}

// reportData is what the page of the reports shows.
type reportData struct {
	scope
	report.Report
	wrong   ui.Form // the days that were asked for, where they are no period
	refused error
}

// query is the address of the same report as something else.
func (d reportData) query() string {
	q := url.Values{"from": {d.Days[0]}, "to": {d.Days[len(d.Days)-1]}}
	if d.organisation != report.Everywhere {
		q.Set("organisation", d.organisation)
	}
	return q.Encode()
}

// read reads the report that the address names.
func (p *Pages) read(v *visit.Visit) (d reportData, err error) {
	if d.scope, err = p.scopeOf(v); err != nil {
		return d, err
	}
	period := p.Reports.Latest(usualDays)
	if from, to := v.Query("from"), v.Query("to"); from != "" || to != "" {
		asked, refused := report.ParsePeriod(from, to)
		if d.refused = refused; refused == nil {
			period = asked
		} else {
			d.wrong = ui.Form{Values: map[string]string{"from": from, "to": to}, Problem: v.Problem(refused)}
		}
	}
	d.Report, err = p.Reports.Of(v.Context(), d.organisation, period)
	return d, err
}

func (p *Pages) report(v *visit.Visit) error {
	d, err := p.read(v)
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.report.title"))
	if err != nil {
		return err
	}
	if d.wrong.Problem != nil {
		return v.ShowAs(d.wrong.Problem.Status, reportPage(page, d, p.Reports))
	}
	return v.Show(reportPage(page, d, p.Reports))
}

// spans are the lengths that are offered, in days.
func spans() []int { return []int{7, 30, 90, 365} }

// spanQuery is the address of the latest days.
func (d reportData) spanQuery(s *report.Service, days int) string {
	p := s.Latest(days)
	d.Days = []string{p.From.Format(time.DateOnly), p.To.Format(time.DateOnly)}
	return d.query()
}
