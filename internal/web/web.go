// Package web is the face that people look at. It is the account centre and the
// console, as pages that the server draws. It puts the rooms of pages together;
// each of them holds one file for each thing that a person can do.
package web

import (
	"io"
	"net/http"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/browser"
	"github.com/signoff-id/signoff/internal/caller"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/directory"
	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/report"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/asset"
	"github.com/signoff-id/signoff/internal/web/console"
	"github.com/signoff-id/signoff/internal/web/door"
	"github.com/signoff-id/signoff/internal/web/help"
	"github.com/signoff-id/signoff/internal/web/leave"
	"github.com/signoff-id/signoff/internal/web/member"
	"github.com/signoff-id/signoff/internal/web/operate"
	"github.com/signoff-id/signoff/internal/web/people"
	"github.com/signoff-id/signoff/internal/web/review"
	"github.com/signoff-id/signoff/internal/web/security"
	"github.com/signoff-id/signoff/internal/web/visit"
	"github.com/signoff-id/signoff/internal/work"
)

// Web is the face and what it stands on. All fields must be set.
type Web struct {
	Accounts *identity.Service
	Orgs     *org.Service
	Sessions *session.Service
	Closures *closure.Service
	Access   *access.Service
	States   *work.States
	Browsers *browser.Service
	Inbox    *inbox.Service

	Dissolutions *dissolution.Service
	Directory    *directory.Service
	Holders      *holder.Checks
	Audit        *audit.Log
	Reports      *report.Service

	// Following lets admins follow who is online; the API shares it.
	Following *caller.Following

	// Apps are those of the platform, on the home page.
	Apps []member.App

	Now     func() time.Time
	Rand    io.Reader
	Version string
	Zone    *time.Location // of whoever's browser tells none
}

// Mount adds all pages to the site. Call it once.
func (w *Web) Mount(site *httpserver.Site) {
	first := &console.Pages{Orgs: w.Orgs, Sessions: w.Sessions, Closures: w.Closures, Reports: w.Reports, Following: w.Following}
	desk := &visit.Desk{Site: site, Accounts: w.Accounts, Sessions: w.Sessions, Access: w.Access, Browsers: w.Browsers, Inbox: w.Inbox,
		Callers: &caller.Desk{Accounts: w.Accounts, Orgs: w.Orgs}, Menu: first.Menu, Now: w.Now, Rand: w.Rand, Version: w.Version,
		Zone: w.Zone}
	site.ErrorPage = desk.ErrorPage
	site.Mux().Handle("GET "+asset.Prefix, asset.Handler())
	site.Mux().HandleFunc("GET /version", func(rw http.ResponseWriter, _ *http.Request) { rw.Header().Set("Signoff-Version", w.Version) })
	for _, room := range []interface{ Mount(d *visit.Desk) }{
		&door.Pages{Access: w.Access, Browsers: w.Browsers},
		&member.Pages{Access: w.Access, Accounts: w.Accounts, Orgs: w.Orgs, Sessions: w.Sessions, Closures: w.Closures, States: w.States, Inbox: w.Inbox, Apps: w.Apps},
		&security.Pages{Access: w.Access, Accounts: w.Accounts, Sessions: w.Sessions, Browsers: w.Browsers},
		&leave.Pages{Access: w.Access, Sessions: w.Sessions, Closures: w.Closures, PublicURL: site.PublicURL},
		first,
		&help.Pages{},
		&people.Pages{Access: w.Access, Accounts: w.Accounts, Orgs: w.Orgs, Sessions: w.Sessions, Closures: w.Closures, Directory: w.Directory},
		&review.Pages{Orgs: w.Orgs, Closures: w.Closures, Dissolutions: w.Dissolutions},
		&operate.Pages{Access: w.Access, Directory: w.Directory, Accounts: w.Accounts, Orgs: w.Orgs, Sessions: w.Sessions, Closures: w.Closures, Holders: w.Holders, Audit: w.Audit},
	} {
		room.Mount(desk)
	}
}
