// Package ui holds what all pages are built of. It has frames, forms, tables
// and the words in them. It knows no room of the domain, only how things look.
package ui

import (
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
	"golang.org/x/text/currency"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/texts"
)

// Words says things in one person's language, and instants in that person's time
// zone.
type Words struct {
	Lang  string
	Texts *texts.Catalogue
	Now   time.Time
	Zone  *time.Location
}

// T gives a text; args are key, value pairs.
func (w Words) T(key string, args ...any) string {
	return w.Texts.Text(w.Lang, key, fault.Pairs(args...))
}

// TOr gives the text of a key that is made of data, or other where there is none.
func (w Words) TOr(key, other string) string {
	if w.Texts.Has(w.Lang, key) {
		return w.T(key)
	}
	return other
}

// layout is how a language writes days and instants.
type layout struct{ day, minute string }

var layouts = language.Each(layout{"2006年1月2日", "2006年1月2日 15:04"}, layout{"2 Jan 2006", "2 Jan 2006, 15:04"})

// OtherLanguages are those that the person does not read the page in.
func (w Words) OtherLanguages() []string {
	return slices.DeleteFunc(language.All(), func(l string) bool { return l == w.Lang })
}

// In gives a text in a language that is not the page's: its own name, for one.
func (w Words) In(lang, key string) string { return w.Texts.Text(lang, key, nil) }

// DateTime writes an instant to the minute.
func (w Words) DateTime(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return t.In(w.Zone).Format(layouts[language.OrEnglish(w.Lang)].minute)
}

// Date writes the day of an instant.
func (w Words) Date(t time.Time) string {
	if t.IsZero() {
		return "—"
	}
	return t.In(w.Zone).Format(layouts[language.OrEnglish(w.Lang)].day)
}

// LastDay writes the last day on which something is in time: due is the first
// instant that is too late.
func (w Words) LastDay(due time.Time) string {
	if due.IsZero() {
		return "—"
	}
	return w.Date(due.Add(-time.Microsecond))
}

// ago writes how long ago an instant was, in its largest unit: "3 hours ago".
func (w Words) ago(t time.Time) string {
	d := w.Now.Sub(t)
	switch {
	case t.IsZero():
		return "—"
	case d < 2*time.Minute:
		return w.T("page.just_now")
	case d < time.Hour:
		return w.T("page.minutes_ago", "count", int(d.Minutes()))
	case d < 24*time.Hour:
		return w.T("page.hours_ago", "count", int(d.Hours()))
	case d < 30*24*time.Hour:
		return w.T("page.days_ago", "count", int(d.Hours()/24))
	default:
		return w.Date(t)
	}
}

// Left writes the days and hours until an instant; "" once it has passed.
func (w Words) Left(until time.Time) string {
	d := until.Sub(w.Now)
	if d <= 0 {
		return ""
	}
	hours := int((d + time.Hour - 1) / time.Hour)
	days, rest := hours/24, hours%24
	switch {
	case days == 0:
		return w.T("page.hours", "count", rest)
	case rest == 0:
		return w.T("page.days", "count", days)
	default:
		return w.T("page.days", "count", days) + w.T("page.and_space") + w.T("page.hours", "count", rest)
	}
}

// Number writes a number with its thousands apart.
func (w Words) Number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	var parts []string
	for len(digits) > 3 {
		parts = append([]string{digits[len(digits)-3:]}, parts...)
		digits = digits[:len(digits)-3]
	}
	return sign + strings.Join(append([]string{digits}, parts...), ",")
}

// Money writes an amount in a currency's minor units, with as many decimals as
// the currency has (ISO 4217): 12800 fen are "CNY 128.00".
func (w Words) Money(code string, minor int64) string {
	scale := 2
	if unit, err := currency.ParseISO(code); err == nil {
		scale, _ = currency.Standard.Rounding(unit)
	}
	whole, rest := minor, ""
	if scale > 0 {
		power := int64(math.Pow10(scale))
		whole, rest = minor/power, fmt.Sprintf(".%0*d", scale, minor%power)
	}
	return code + " " + w.Number(int(whole)) + rest
}

// Size writes a number of bytes.
func (w Words) Size(bytes int64) string {
	const kilo = 1024
	switch {
	case bytes < kilo:
		return fmt.Sprintf("%d B", bytes)
	case bytes < kilo*kilo:
		return fmt.Sprintf("%.1f KB", float64(bytes)/kilo)
	case bytes < kilo*kilo*kilo:
		return fmt.Sprintf("%.1f MB", float64(bytes)/kilo/kilo)
	default:
		return fmt.Sprintf("%.1f GB", float64(bytes)/kilo/kilo/kilo)
	}
}

// Time is an instant as an element that programs can read, too.
func (w Words) Time(t time.Time) templ.Component { return w.time(t, w.DateTime(t)) }

// TimeAgo is ago with the exact instant behind it.
func (w Words) TimeAgo(t time.Time) templ.Component { return w.time(t, w.ago(t)) }

func (w Words) time(t time.Time, shown string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, out io.Writer) error {
		if t.IsZero() {
			_, err := io.WriteString(out, "—")
			return err
		}
		_, err := fmt.Fprintf(out, `<time datetime="%s" title="%s">%s</time>`, t.UTC().Format(time.RFC3339),
			templ.EscapeString(w.DateTime(t)), templ.EscapeString(shown))
		return err
	})
}
