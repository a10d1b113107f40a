package operate

import (
	"strings"

	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// policyCompare shows what changed from one version of a policy to another.
func (p *Pages) policyCompare(v *visit.Visit) error {
	all, err := p.versions(v.Context(), v.Part("name"))
	if err != nil {
		return err
	}
	from, err := numbered(all, v.Query("from"), all[min(1, len(all)-1)])
	if err != nil {
		return err
	}
	to, err := numbered(all, v.Query("to"), all[0])
	if err != nil {
		return err
	}
	page, err := v.Page(v.T("page.policy.compare_title", "title", to.Title.In(v.Lang)))
	if err != nil {
		return err
	}
	return v.Show(policyComparePage(page, comparison{all: all, from: from, to: to, parts: shorten(compare(lines(from), lines(to)))}))
}

// comparison is two versions of a policy, line by line.
type comparison struct {
	all      []*policy.Policy
	from, to *policy.Policy
	parts    []hunk
}

// changed counts the lines that only one of the versions has.
func (c comparison) changed() (added, removed int) {
	for _, h := range c.parts {
		for _, l := range h.lines {
			switch l.kind {
			case plus:
				added++
			case minus:
				removed++
			}
		}
	}
	return added, removed
}

func lines(p *policy.Policy) []string {
	return strings.Split(strings.TrimSuffix(string(p.Source), "\n"), "\n")
}
