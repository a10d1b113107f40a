package review

import (
	"slices"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// closuresData is what the list of closures shows.
type closuresData struct {
	all    []closure.View
	filter closure.Filter
	pages  ui.Paging
}

// filtered says whether the list leaves something out.
func (d closuresData) filtered() bool { return d.filter.State != "" || d.filter.Account != "" }

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
	data := closuresData{filter: closure.Filter{State: closure.State(v.Query("state")), Account: v.Query("account"), After: v.After(), Limit: pageSize + 1}}
	if !slices.Contains(closure.States(), data.filter.State) {
		data.filter.State = ""
	}
	found, err := p.Closures.List(v.Context(), data.filter)
	if err != nil {
		return err
	}
	var next string
	data.all, next = visit.Cut(found, pageSize, func(c closure.View) string { return c.ID })
	data.pages = v.Paging(next, "/console/closures", "state", string(data.filter.State), "account", data.filter.Account)
	page, err := v.Page(v.T("page.closures.title"))
	if err != nil {
		return err
	}
	return v.Show(closuresPage(page, data))
}
