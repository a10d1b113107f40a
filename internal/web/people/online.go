package people

import (
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// onlineData is what the page of who is online shows.
type onlineData struct {
	place
	department string // looked at, with all below it; "" for everybody
	tree       []node
	all        []session.Online
	names      map[string]string
	pages      ui.Paging
}

// online shows who is there now, a page at a time.
func (p *Pages) online(v *visit.Visit) (err error) {
	var d onlineData
	if d.place, err = p.enter(v); err != nil {
		return err
	}
	if d.tree, err = p.departments(v, d.ID); err != nil {
		return err
	}
	if of := v.Query("department"); visit.Plain(of) {
		d.department = of
	}
	var next string
	if d.all, next, err = p.Sessions.Presence(v.Context(), d.by, d.ID, d.department, v.After(), perPage); err != nil {
		return err
	}
	d.pages = v.Paging(next, d.path("/online"), "department", d.department)
	ids := make([]string, 0, len(d.all))
	for _, o := range d.all {
		ids = append(ids, o.Account)
	}
	if d.names, err = p.Accounts.Names(v.Context(), ids); err != nil {
		return err
	}
	page, err := v.Page(v.T("page.people.online", "name", d.Name))
	if err != nil {
		return err
	}
	return v.Show(onlinePage(page, d))
}
