package app

import (
	"context"
	"net/http"

	"go.opentelemetry.io/otel/trace"

	"github.com/signoff-id/signoff/internal/api"
	"github.com/signoff-id/signoff/internal/caller"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/web"
	"github.com/signoff-id/signoff/internal/web/member"
)

// site puts the faces on one mux, without listening.
func (a *App) site(tracer trace.Tracer) *httpserver.Site {
	proxies, _ := a.Config.Proxies() // valid, or the settings had been refused
	site := &httpserver.Site{Proxies: proxies, Texts: a.texts, Log: a.log, Now: a.now, NewID: newID, Metrics: a.metrics, Tracer: tracer,
		PublicURL: a.Config.PublicURL, Checks: map[string]func(context.Context) error{"database": a.DB.Ping}}
	following := &caller.Following{Desk: &caller.Desk{Accounts: a.Accounts, Orgs: a.Orgs}, Sessions: a.Sessions, Every: a.StreamPoll}
	face := &api.API{Accounts: a.Accounts, Orgs: a.Orgs, Sessions: a.Sessions, Closures: a.Closures, Dissolutions: a.Dissolutions, Access: a.Access, States: a.States, Browsers: a.browsers, Inbox: a.Inbox, Audit: a.Audit, Holders: a.Checks, Directory: a.Directory, Reports: a.Reports, Keys: a.Ring,
		Answers: a.DB, Now: a.now, Log: a.log, Rand: a.rand, Version: a.Version, Following: following}
	face.Mount(site)
	pages := &web.Web{Accounts: a.Accounts, Orgs: a.Orgs, Sessions: a.Sessions, Closures: a.Closures, Access: a.Access, States: a.States,
		Browsers: a.browsers, Inbox: a.Inbox, Dissolutions: a.Dissolutions, Directory: a.Directory, Holders: a.Checks, Audit: a.Audit, Reports: a.Reports, Following: following, Zone: homeZone(),
		Apps: apps(a.Config.Apps), Now: a.now, Rand: a.rand, Version: a.Version}
	pages.Mount(site)
	return site
}

// apps gives the configured apps as the pages know them.
func apps(list []config.App) (all []member.App) {
	for _, a := range list {
		all = append(all, member.App{ID: a.ID, URL: a.URL, Icon: a.Icon, Organisation: a.Organisation,
			Name: language.Each(a.Name.Chinese, a.Name.English)})
	}
	return all
}

// Handler is the site as one handler, for tests and measurements.
func (a *App) Handler() http.Handler { return a.site(nil).Handler() }

// server is what serve starts: the site, and the metrics on a listener of their
// own.
func (a *App) server(tracer trace.Tracer) *httpserver.Server {
	a.metrics.Watch(a.figures())
	return &httpserver.Server{Site: a.site(tracer), Addr: a.Config.Listen, Metrics: a.metrics.Handler(),
		MetricsAddr: a.Config.MetricsListen, Log: a.log}
}
