package texts

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"github.com/signoff-id/signoff/internal/language"
)

// data prepares arguments for a text: each is there with a small and with a
// capital first letter; durations, times, lists and keys become words of the
// language.
func (c *Catalogue) data(lang string, args map[string]any) map[string]any {
	out := make(map[string]any, 2*len(args))
	for k, v := range args {
		switch t := v.(type) {
		case time.Duration:
			v = duration(lang, t)
		case time.Time:
			v = t.UTC().Format("2006-01-02 15:04 UTC")
		case Key:
			v = c.Text(lang, string(t), nil)
		case []string:
			v = strings.Join(t, listSeparators[lang])
		}
		out[firstLetter(k, unicode.ToUpper)] = v
		out[firstLetter(k, unicode.ToLower)] = v
	}
	return out
}

func firstLetter(s string, change func(rune) rune) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(change(r)) + s[n:]
}

var listSeparators = language.Each("、", ", ")

// count gives what a text with plural forms counts, and nil for any other text.
func count(m *i18n.Message, args map[string]any) any {
	if m.One == "" {
		return nil
	}
	for _, name := range []string{"count", "Count"} {
		if n, ok := whole(args[name]); ok {
			return n
		}
	}
	var only any
	for _, v := range args {
		if n, ok := whole(v); ok {
			if only != nil {
				return nil // two numbers: the text must say which by "count"
			}
			only = n
		}
	}
	return only
}

// whole gives an argument as a number that can be counted. Numbers in notices
// arrive as strings, so these count too.
func whole(v any) (any, bool) {
	switch n := v.(type) {
	case int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64:
		return n, true
	case string:
		digits := n != "" && strings.Trim(n, "0123456789") == ""
		return n, digits
	}
	return nil, false
}

// units say how many of a unit there are: of days, hours, minutes or seconds.
var units = language.Each(
	func(n int64, unit int) string {
		return fmt.Sprintf("%d %s", n, []string{"天", "小时", "分钟", "秒"}[unit])
	},
	func(n int64, unit int) string {
		word := []string{"day", "hour", "minute", "second"}[unit]
		if n != 1 {
			word += "s"
		}
		return fmt.Sprintf("%d %s", n, word)
	},
)

// duration writes d in its two largest units, rounded up to the second, so that
// somebody who waits that long has waited long enough.
func duration(lang string, d time.Duration) string {
	seconds := int64((d + time.Second - 1) / time.Second)
	if seconds <= 0 {
		seconds = 0
	}
	var parts []string
	for i, size := range []int64{86400, 3600, 60, 1} {
		n := seconds / size
		seconds %= size
		if n == 0 && (size != 1 || len(parts) > 0) {
			continue
		}
		if parts = append(parts, units[lang](n, i)); len(parts) == 2 {
			break
		}
	}
	return strings.Join(parts, " ")
}
