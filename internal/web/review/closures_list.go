package review

import (
	"net/url"
	"slices"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// closuresData is what the list of closures shows.
type closuresData struct {
	all    []closure.View
	filter closure.Filter
	next   string // where the next page begins, "" on the last one
}

// filtered says whether the list leaves something out.
func (d closuresData) filtered() bool { return d.filter.State != "" || d.filter.Account != "" }

// more is the address of the next page.
func (d closuresData) more() string {
	q := url.Values{"after": {d.next}}
	if d.filter.State != "" {
		q.Set("state", string(d.filter.State))
	}
	if d.filter.Account != "" {
		q.Set("account", d.filter.Account)
	}
	return "/console/closures?" + q.Encode()
}

// states are the choices of the filter.
func (d closuresData) states(w *ui.Page) []ui.Option {
	out := []ui.Option{{Value: "", Label: w.T("page.closures.every_state")}}
	for _, s := range closure.States() {
		out = append(out, ui.Option{Value: string(s), Label: w.T("page.closure_state." + string(s))})
	}
	return out
}

// closures lists everybody's closures, for the staff.
func (p *Pages) closures(v *visit.Visit) (err error) {
	data := closuresData{filter: closure.Filter{State: closure.State(v.Query("state")), Account: v.Query("account"), After: v.Query("after"), Limit: pageSize + 1}}
	if !slices.Contains(closure.States(), data.filter.State) {
		data.filter.State = ""
	}
	if data.all, err = p.Closures.List(v.Context(), data.filter); err != nil {
		return err
	}
	if len(data.all) > pageSize {
		data.all = data.all[:pageSize]
		data.next = data.all[pageSize-1].ID
	}
	page, err := v.Page(v.T("page.closures.title"))
	if err != nil {
		return err
	}
	return v.Show(closuresPage(page, data))
}
