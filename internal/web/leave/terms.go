package leave

import (
	"strconv"
	"strings"

	"github.com/signoff-id/signoff/internal/web/ui"
)

// period says an ISO 8601 duration in years, months and days, as data holders
// give it: "P10Y" is ten years.
func period(p *ui.Page, duration string) string {
	var parts []string
	n := 0
	for _, r := range strings.TrimPrefix(duration, "P") {
		switch r {
		case 'Y':
			parts, n = append(parts, p.T("page.close.years", "count", n)), 0
		case 'M':
			parts, n = append(parts, p.T("page.close.months", "count", n)), 0
		case 'W':
			parts, n = append(parts, p.T("page.days", "count", n*7)), 0
		case 'D':
			parts, n = append(parts, p.T("page.days", "count", n)), 0
		default:
			d, err := strconv.Atoi(string(r))
			if err != nil {
				return duration
			}
			n = n*10 + d
		}
	}
	return strings.Join(parts, p.T("page.and_space"))
}
