package member

import (
	"slices"

	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/web/ui"
	"github.com/signoff-id/signoff/internal/web/visit"
	"github.com/signoff-id/signoff/internal/work"
)

// App is an app of the platform, as the operator names it.
type App struct {
	ID           string
	Name         map[string]string // by language
	URL          string
	Icon         string
	Organisation string // whose members alone see it; "" for everybody
}

// continued is how many apps are offered to continue in.
const continued = 3

// stop is where somebody was in an app.
type stop struct {
	App
	work.State
}

// homeData is what the platform's first page shows.
type homeData struct {
	apps    []App
	stops   []stop // the last one first
	notices []notice
}

// home is the platform's first page: its apps, what is important now, and where
// the person was.
func (p *Pages) home(v *visit.Visit) error {
	page, err := v.Page(v.T("page.nav.home"))
	if err != nil {
		return err
	}
	places, err := p.Orgs.Memberships(v.Context(), v.Account())
	if err != nil {
		return err
	}
	d := homeData{apps: p.appsOf(places)}
	if d.stops, err = p.stops(v, d.apps); err != nil {
		return err
	}
	if d.notices, err = p.notices(v, page, places); err != nil {
		return err
	}
	return v.Show(homePage(page, d))
}

// appsOf gives the apps that somebody with these places sees.
func (p *Pages) appsOf(places []org.Member) (seen []App) {
	for _, a := range p.Apps {
		if a.Organisation == "" || slices.ContainsFunc(places, func(m org.Member) bool { return m.Organisation == a.Organisation }) {
			seen = append(seen, a)
		}
	}
	return seen
}

// stops gives where the person was in the apps that there are.
func (p *Pages) stops(v *visit.Visit, apps []App) (all []stop, err error) {
	if len(apps) == 0 {
		return nil, nil
	}
	kept, err := p.States.Kept(v.Context(), v.Account())
	if err != nil {
		return nil, err
	}
	for _, s := range kept {
		i := slices.IndexFunc(apps, func(a App) bool { return a.ID == s.App })
		if i >= 0 && len(all) < continued {
			all = append(all, stop{apps[i], s})
		}
	}
	return all, nil
}

// nameOf gives what an app is called.
func nameOf(p *ui.Page, a App) string { return a.Name[p.Lang] }

func iconOf(a App) string {
	if a.Icon == "" {
		return "apps"
	}
	return a.Icon
}
