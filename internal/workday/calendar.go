// Package workday knows the working days of a country: Monday to Friday, less
// the public holidays, plus the weekend days that are worked to make up for them
// (调休). A year that nobody has described is a fault, never a guess: a deadline
// that is wrong by a holiday week is worse than one that is refused.
package workday

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
)

// Year is what a country has decreed for one year, beside its ordinary weekends.
type Year struct {
	Country  string // ISO 3166-1 alpha-2, lower case
	Year     int
	Holidays []Date // days off, weekend days among them included where the decree names them
	Workdays []Date // weekend days on which people work
	Source   string // the decree, so that anybody can check
}

// Calendar is an immutable set of years. It is safe for concurrent use.
type Calendar struct {
	years map[key]entry
}

type key struct {
	country string
	year    int
}

type entry struct {
	year   Year
	worked map[Date]bool // true: worked although a weekend; false: off
}

// With returns a calendar that also knows y, or knows it anew: a later
// description of the same year replaces the earlier one. y is taken as it is;
// ParseYear is where a description is checked.
func (c *Calendar) With(y Year) *Calendar {
	y.Holidays, y.Workdays = slices.Clone(y.Holidays), slices.Clone(y.Workdays)
	e := entry{year: y, worked: make(map[Date]bool, len(y.Holidays)+len(y.Workdays))}
	for _, d := range y.Holidays {
		e.worked[d] = false
	}
	for _, d := range y.Workdays {
		e.worked[d] = true
	}
	next := &Calendar{years: map[key]entry{}}
	if c != nil {
		maps.Copy(next.years, c.years)
	}
	next.years[key{y.Country, y.Year}] = e
	return next
}

// Years lists what is known of a country, oldest first; nothing for a country
// that is not known.
func (c *Calendar) Years(country string) []Year {
	var out []Year
	for k, e := range c.years {
		if k.country == country {
			y := e.year
			y.Holidays, y.Workdays = slices.Clone(y.Holidays), slices.Clone(y.Workdays)
			out = append(out, y)
		}
	}
	slices.SortFunc(out, func(a, b Year) int { return cmp.Compare(a.Year, b.Year) })
	return out
}

// IsWorkday says whether people work on the day that t falls on in the
// country's zone. Faults: calendar_country_unknown, calendar_year_unknown.
func (c *Calendar) IsWorkday(country string, t time.Time) (bool, error) {
	zone, err := zoneOf(country)
	if err != nil {
		return false, err
	}
	return c.worked(country, dateOf(t.In(zone)))
}

// Deadline gives the end of the days-th working day after the day of from, as
// the first instant that is too late, in UTC. The day of from itself never
// counts (for China: Civil Code, article 201: a period in days begins on the
// following day). Faults: calendar_days_not_positive and those of IsWorkday.
func (c *Calendar) Deadline(country string, from time.Time, days int) (time.Time, error) {
	zone, err := zoneOf(country)
	if err != nil {
		return time.Time{}, err
	}
	if days < 1 {
		return time.Time{}, fault.New(fault.Invalid, "calendar_days_not_positive", "days", days)
	}
	day := dateOf(from.In(zone))
	for days > 0 {
		day = day.next()
		worked, err := c.worked(country, day)
		if err != nil {
			return time.Time{}, err
		}
		if worked {
			days--
		}
	}
	return day.next().start(zone).UTC(), nil
}

// Between counts the working days after the day of from, up to and with the day
// of to: as many as a Deadline would need to end with that day. It is negative
// when to lies on an earlier day. Faults: those of IsWorkday, for any day that
// has to be counted.
func (c *Calendar) Between(country string, from, to time.Time) (int, error) {
	zone, err := zoneOf(country)
	if err != nil {
		return 0, err
	}
	first, last, sign := dateOf(from.In(zone)), dateOf(to.In(zone)), 1
	if last.before(first) {
		first, last, sign = last, first, -1
	}
	n := 0
	for day := first; day.before(last); {
		day = day.next()
		worked, err := c.worked(country, day)
		if err != nil {
			return 0, err
		}
		if worked {
			n += sign
		}
	}
	return n, nil
}

func (c *Calendar) worked(country string, day Date) (bool, error) {
	e, known := c.years[key{country, day.Year}]
	if !known {
		// Not the caller's mistake: an operator has to bring the year.
		return false, fault.New(fault.Unavailable, "calendar_year_unknown", "country", country, "year", day.Year)
	}
	if worked, named := e.worked[day]; named {
		return worked, nil
	}
	return !day.weekend(), nil
}
