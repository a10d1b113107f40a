package workday_test

import (
	"slices"
	"testing"
	"time"

	"github.com/6tail/lunar-go/HolidayUtil"
	"pgregory.net/rapid"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/workday"
)

var china = time.FixedZone("UTC+8", 8*60*60)

func shipped(t rapid.TB) *workday.Calendar {
	c, err := workday.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func at(t *testing.T, s string) time.Time {
	t.Helper()
	v, err := time.ParseInLocation("2006-01-02 15:04", s, china)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// oracle answers from somebody else's data: github.com/6tail/lunar-go.
func oracle(day time.Time) bool {
	if h := HolidayUtil.GetHoliday(day.Format("2006-01-02")); h != nil {
		return h.IsWork()
	}
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

func TestShippedYearsAgreeWithLunarGoOnEveryDay(t *testing.T) {
	c := shipped(t)
	var years []int
	for _, y := range c.Years("cn") {
		years = append(years, y.Year)
		if HolidayUtil.GetHolidaysByYear(y.Year).Len() == 0 {
			t.Errorf("lunar-go does not know %d: nothing to check against", y.Year)
		}
		for day := time.Date(y.Year, 1, 1, 12, 0, 0, 0, china); day.Year() == y.Year; day = day.AddDate(0, 0, 1) {
			got, err := c.IsWorkday("cn", day)
			if err != nil {
				t.Fatal(err)
			}
			if got != oracle(day) {
				t.Errorf("%s: working day %v, lunar-go says %v", day.Format("2006-01-02"), got, !got)
			}
		}
		for _, d := range slices.Concat(y.Holidays, y.Workdays) {
			if HolidayUtil.GetHoliday(d.String()) == nil {
				t.Errorf("%s is named in our file and unknown to lunar-go", d)
			}
		}
	}
	if !slices.Equal(years, []int{2025, 2026}) {
		t.Errorf("years %v, want 2025 and 2026", years)
	}
}

func TestDeadlineCountsMakeUpDaysAndSkipsHolidays(t *testing.T) {
	c := shipped(t)
	for _, k := range []struct {
		from string
		days int
		want string // the last day on which one is still in time
	}{
		{"2025-03-03 10:00", 1, "2025-03-04"},
		{"2025-03-03 00:00", 2, "2025-03-05"},
		{"2025-03-07 23:59", 1, "2025-03-10"}, // Friday to Monday
		{"2025-01-24 10:00", 1, "2025-01-26"}, // a Sunday that is worked before Spring Festival
		{"2025-01-27 10:00", 1, "2025-02-05"}, // eight days off
		{"2025-09-30 10:00", 2, "2025-10-10"},
		{"2025-10-10 10:00", 1, "2025-10-11"}, // a Saturday that is worked
		{"2025-12-31 10:00", 1, "2026-01-04"}, // over the year's end, onto a Sunday that is worked
		{"2026-02-13 10:00", 15, "2026-03-12"},
	} {
		end, err := c.Deadline("cn", at(t, k.from), k.days)
		if err != nil {
			t.Fatal(err)
		}
		if want := at(t, k.want+" 00:00").AddDate(0, 0, 1); !end.Equal(want) || end.Location() != time.UTC {
			t.Errorf("%d working days from %s end at %s, want %s in UTC", k.days, k.from, end, want.UTC())
		}
	}
}

func TestTheDayIsThatOfTheCountry(t *testing.T) {
	c := shipped(t)
	utc := time.Date(2025, 3, 7, 16, 0, 0, 0, time.UTC) // Saturday, 00:00 in China
	if worked, err := c.IsWorkday("cn", utc); err != nil || worked {
		t.Errorf("IsWorkday = %v, %v, want a day off", worked, err)
	}
	if worked, err := c.IsWorkday("cn", utc.Add(-time.Microsecond)); err != nil || !worked {
		t.Errorf("IsWorkday = %v, %v, want a working day", worked, err)
	}
}

func TestUnknownYearsAndCountriesAreLoud(t *testing.T) {
	c := shipped(t)
	late, early := at(t, "2026-12-31 10:00"), at(t, "2024-12-31 10:00")
	calls := map[string]func(country string) error{
		"IsWorkday": func(k string) error { _, err := c.IsWorkday(k, early); return err },
		"Deadline":  func(k string) error { _, err := c.Deadline(k, late, 1); return err },
		"Between":   func(k string) error { _, err := c.Between(k, late, late.AddDate(0, 0, 1)); return err },
		"backwards": func(k string) error { _, err := c.Between(k, late, early.AddDate(0, 0, -1)); return err },
	}
	years := map[string]int{"IsWorkday": 2024, "Deadline": 2027, "Between": 2027, "backwards": 2024}
	for name, call := range calls {
		e := fault.Of(call("cn"))
		if e.Code != "calendar_year_unknown" || e.Kind != fault.Unavailable || e.Args["country"] != "cn" || e.Args["year"] != years[name] {
			t.Errorf("%s: %v", name, e)
		}
		if e := fault.Of(call("xx")); e.Code != "calendar_country_unknown" || e.Args["country"] != "xx" {
			t.Errorf("%s: %v", name, e)
		}
	}
	if _, err := c.Deadline("cn", early, 1); err != nil {
		t.Errorf("the day of the start does not count, so its year need not be known: %v", err)
	}
	for _, days := range []int{0, -1} {
		if _, err := c.Deadline("cn", late, days); !fault.Is(err, "calendar_days_not_positive") {
			t.Errorf("%d days: %v", days, err)
		}
	}
	if len(c.Years("xx")) != 0 {
		t.Error("an unknown country has years")
	}
}

func TestWithLeavesTheOldCalendarAlone(t *testing.T) {
	old := shipped(t)
	holidays := []workday.Date{{Year: 2027, Month: 1, Day: 1}}
	c := old.With(workday.Year{Country: "cn", Year: 2027, Holidays: holidays, Source: "test"})
	newYear := at(t, "2027-01-01 10:00")
	if _, err := old.IsWorkday("cn", newYear); !fault.Is(err, "calendar_year_unknown") {
		t.Errorf("the old calendar changed: %v", err)
	}
	holidays[0].Day = 4
	c.Years("cn")[2].Holidays[0].Day = 5
	if worked, err := c.IsWorkday("cn", newYear); err != nil || worked {
		t.Errorf("1 January 2027: %v, %v", worked, err)
	}
	again := c.With(workday.Year{Country: "cn", Year: 2027, Source: "a correction"})
	if worked, err := again.IsWorkday("cn", newYear); err != nil || !worked {
		t.Errorf("the later description must win: %v, %v", worked, err)
	}
	if n := len(again.Years("cn")); n != 3 {
		t.Errorf("%d years, want 3", n)
	}
}

// instant draws a moment from which a deadline of 15 working days stays within
// the known years.
func instant() *rapid.Generator[time.Time] {
	first, last := time.Date(2025, 1, 1, 0, 0, 0, 0, china), time.Date(2026, 12, 1, 0, 0, 0, 0, china)
	return rapid.Map(rapid.Int64Range(first.UnixMicro(), last.UnixMicro()), time.UnixMicro)
}

func TestDeadlineAndBetweenAreTwoSidesOfOneCount(t *testing.T) {
	c := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		from, days := instant().Draw(t, "from"), rapid.IntRange(1, 15).Draw(t, "days")
		end, err := c.Deadline("cn", from, days)
		if err != nil {
			t.Fatal(err)
		}
		last := end.Add(-time.Microsecond)
		if worked, _ := c.IsWorkday("cn", last); !worked {
			t.Fatalf("the last day of %s + %d is a day off: %s", from, days, last)
		}
		if n, err := c.Between("cn", from, last); n != days || err != nil {
			t.Fatalf("Between = %d, %v, want %d", n, err, days)
		}
		if n, err := c.Between("cn", last, from); n > 0 || err != nil {
			t.Fatalf("backwards: %d, %v", n, err)
		}
		later, err := c.Deadline("cn", from.Add(time.Hour), days)
		if err != nil || later.Before(end) {
			t.Fatalf("an hour later must not end sooner: %s, then %s (%v)", end, later, err)
		}
	})
}

func TestBetweenCountsWhatTheOracleCounts(t *testing.T) {
	c := shipped(t)
	rapid.Check(t, func(t *rapid.T) {
		from, to := instant().Draw(t, "from").In(china), instant().Draw(t, "to").In(china)
		want, sign := 0, 1
		first, last := from, to
		if to.Before(from) {
			first, last, sign = to, from, -1
		}
		for day := first.AddDate(0, 0, 1); day.Format("20060102") <= last.Format("20060102"); day = day.AddDate(0, 0, 1) {
			if oracle(day) {
				want += sign
			}
		}
		if got, err := c.Between("cn", from, to); got != want || err != nil {
			t.Fatalf("Between(%s, %s) = %d, %v, want %d", from, to, got, err, want)
		}
	})
}

func BenchmarkDeadline(b *testing.B) {
	c, err := workday.Shipped()
	if err != nil {
		b.Fatal(err)
	}
	from := time.Date(2026, 2, 13, 2, 0, 0, 0, time.UTC)
	for b.Loop() {
		if _, err := c.Deadline("cn", from, 15); err != nil {
			b.Fatal(err)
		}
	}
}
