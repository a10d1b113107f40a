package workday

import (
	"slices"
	"strings"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/yamldoc"
)

// Years outside these bounds are slips of the keyboard. The lower one also keeps
// clear of the years in which China's zone was not yet fixed.
const (
	firstYear = 2000
	lastYear  = 2199
)

// ParseYear reads a year's description, an uploaded file:
//
//	country: cn
//	year: 2027
//	source: 国务院办公厅…（国办发明电〔2026〕…号）
//	holidays: [2027-01-01]
//	workdays: []          # may be left out
//
// Everything in it must make sense: unknown fields, dates of another year, dates
// named twice and make-up days that are ordinary working days are refused. The
// fault is calendar_invalid with one field for each wrong place, its Path a line
// and a column.
func ParseYear(src []byte) (Year, error) {
	doc, wrong := yamldoc.Parse(src)
	if wrong != nil {
		return Year{}, refusal(wrong)
	}
	p := parser{doc: doc, seen: map[Date]*yamldoc.Node{}}
	y := p.parse()
	if len(p.wrong) > 0 {
		return Year{}, refusal(p.wrong)
	}
	return y, nil
}

func refusal(wrong []fault.Field) error {
	return &fault.Error{Kind: fault.Invalid, Code: "calendar_invalid", Fields: wrong}
}

type parser struct {
	doc   *yamldoc.Node
	wrong []fault.Field
	seen  map[Date]*yamldoc.Node
}

func (p *parser) refuse(at *yamldoc.Node, code string, args ...any) {
	p.wrong = append(p.wrong, at.Problem(code, args...))
}

func (p *parser) parse() Year {
	if p.doc.Kind != yamldoc.Mapping {
		p.refuse(p.doc, "calendar_not_a_mapping")
		return Year{}
	}
	known := []string{"country", "year", "source", "holidays", "workdays"}
	for _, f := range p.doc.Fields {
		if !slices.Contains(known, f.Name) {
			p.refuse(f.Key, "calendar_field_unknown", "field", f.Name, "known", known)
		}
	}
	y := Year{Country: p.country(), Year: p.year(), Source: p.text("source")}
	y.Holidays = p.dates("holidays", true, y.Year)
	y.Workdays = p.dates("workdays", false, y.Year)
	return y
}

// field finds a field; a missing one is refused at the start of the file.
func (p *parser) field(name string, required bool) *yamldoc.Node {
	f, ok := p.doc.Field(name)
	if !ok {
		if required {
			p.refuse(p.doc, "calendar_field_missing", "field", name)
		}
		return nil
	}
	return f.Value
}

func (p *parser) text(name string) string {
	n := p.field(name, true)
	if n == nil {
		return ""
	}
	if n.Kind != yamldoc.String || strings.TrimSpace(n.Text()) == "" {
		p.refuse(n, "calendar_text_expected", "field", name)
	}
	return n.Text()
}

func (p *parser) country() string {
	s := p.text("country")
	if s == "" {
		return s
	}
	if _, err := zoneOf(s); err != nil {
		p.refuse(p.doc.Find("country"), "calendar_country_unknown", "country", s)
	}
	return s
}

// year is 0 when it is missing or wrong; the dates are then not held against it.
func (p *parser) year() int {
	n := p.field("year", true)
	if n == nil {
		return 0
	}
	y, ok := n.Int()
	if !ok || y < firstYear || y > lastYear {
		p.refuse(n, "calendar_year_invalid", "first", firstYear, "last", lastYear)
		return 0
	}
	return y
}

func (p *parser) dates(name string, required bool, year int) []Date {
	n := p.field(name, required)
	if n == nil {
		return nil
	}
	if n.Kind != yamldoc.Sequence || (required && len(n.Items) == 0) {
		p.refuse(n, "calendar_dates_expected", "field", name)
		return nil
	}
	var out []Date
	for _, item := range n.Items {
		if d, ok := p.date(item, year); ok {
			if name == "workdays" && !d.weekend() {
				p.refuse(item, "calendar_workday_not_weekend", "date", d.String())
			}
			out = append(out, d)
		}
	}
	return out
}

func (p *parser) date(n *yamldoc.Node, year int) (Date, bool) {
	d, err := parseDate(n.Text())
	if err != nil {
		p.refuse(n, "calendar_date_invalid")
		return Date{}, false
	}
	if first := p.seen[d]; first != nil {
		p.refuse(n, "calendar_date_twice", "date", d.String(), "line", first.Line)
		return Date{}, false
	}
	p.seen[d] = n
	if year != 0 && d.Year != year {
		p.refuse(n, "calendar_date_outside_year", "date", d.String(), "year", year)
	}
	return d, true
}
