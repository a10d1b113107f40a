package workday

import (
	"fmt"
	"time"
)

// Date is a day of the civil calendar, without a time and without a zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

const isoDate = "2006-01-02"

// parseDate reads a date in the form 2025-01-31 (ISO 8601). Days that do not
// exist are refused.
func parseDate(s string) (Date, error) {
	t, err := time.Parse(isoDate, s)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a date like 2025-01-31", s)
	}
	return dateOf(t), nil
}

func dateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// String gives the date in the form 2025-01-31.
func (d Date) String() string { return d.start(time.UTC).Format(isoDate) }

// MarshalText gives the form of String, for JSON.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the form of parseDate.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d, err = parseDate(string(text))
	return err
}

// start is the first instant of the day in a zone.
func (d Date) start(zone *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, zone)
}

func (d Date) weekend() bool {
	day := d.start(time.UTC).Weekday()
	return day == time.Saturday || day == time.Sunday
}

func (d Date) next() Date { return dateOf(d.start(time.UTC).AddDate(0, 0, 1)) }

func (d Date) before(other Date) bool { return d.start(time.UTC).Before(other.start(time.UTC)) }
