package operate

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// holderShow says what one data holder has, what an erasure does there and what
// it said when it was checked last.
func (p *Pages) holderShow(v *visit.Visit) error {
	all, err := p.keepers(v.Context())
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(k keeper) bool { return k.Name == v.Part("name") })
	if i < 0 {
		return fault.New(fault.NotFound, "holder_unknown", "holder", v.Part("name"))
	}
	page, err := v.Page(v.T("page.holder.one", "name", all[i].Name))
	if err != nil {
		return err
	}
	return v.Show(holderShowPage(page, all[i]))
}

var isoPeriod = regexp.MustCompile(`^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$`)

// period writes an ISO 8601 duration in words, as far as it has years, months and
// days.
func period(p *ui.Page, text string) string {
	parts := isoPeriod.FindStringSubmatch(text)
	if parts == nil {
		return text
	}
	var words []string
	for i, key := range []string{"page.holder.years", "page.holder.months", "page.days"} {
		if n, err := strconv.Atoi(parts[i+1]); err == nil && n > 0 {
			words = append(words, p.T(key, "count", n))
		}
	}
	return strings.Join(words, p.T("page.and_space"))
}
