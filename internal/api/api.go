// Package api is the JSON face. People's apps, admins, reviewers and operators
// use it over HTTP. It knows who calls and what they may know of; what is done
// is decided in the rooms below. One file holds one user action and is named by
// it; a file named by a noun holds the noun's shape in JSON.
package api

import (
	"context"
	"io"
	"log/slog"
	"time"

	"github.com/danielgtaylor/huma/v2"

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
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/report"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/work"
)

// API is the face and what it stands on. All fields must be set but those that
// say otherwise.
type API struct {
	Accounts *identity.Service
	Orgs     *org.Service
	Sessions *session.Service
	Closures *closure.Service
	Access   *access.Service
	States   *work.States
	Browsers *browser.Service
	Inbox    *inbox.Service
	Audit    *audit.Log
	Holders  *holder.Checks
	// Dissolutions end organisations.
	Dissolutions *dissolution.Service
	// Keys gives the public keys that certificates and checkpoints are verified
	// with, as a JSON Web Key Set.
	Keys interface{ JWKS() []byte }
	// Directory brings people in and out in bulk.
	Directory *directory.Service
	// Reports count what happens, day by day.
	Reports *report.Service
	// Answers keeps what POSTs with an Idempotency-Key answered. Nil: the header
	// has no effect.
	Answers httpserver.IdempotencyStore
	// Following lets admins follow who is online; the pages share it.
	Following *caller.Following
	Now       func() time.Time
	Log       *slog.Logger
	Rand      io.Reader
	Version   string // of this program, for the OpenAPI document
}

// face is an API being mounted: what every operation is registered with.
type face struct {
	*API
	site        *httpserver.Site
	huma        huma.API
	idempotency *httpserver.Idempotency
	desk        *caller.Desk
}

// Mount adds all operations to the site, its OpenAPI document with them, and
// the page behind the private link of a closure. Call it once.
func (a *API) Mount(site *httpserver.Site) {
	f := &face{API: a, site: site, desk: &caller.Desk{Accounts: a.Accounts, Orgs: a.Orgs}}
	f.huma = site.API(f.info())
	f.document()
	if a.Answers != nil {
		f.idempotency = &httpserver.Idempotency{Store: a.Answers, Now: a.Now, Log: a.Log, Rand: a.Rand,
			Caller: func(ctx context.Context) string { return principalOf(ctx).Account() }}
	}
	for _, operation := range f.operations() {
		operation()
	}
}

func (f *face) info() *huma.Info {
	return &huma.Info{
		Title: "Signoff", Version: f.Version,
		Description: f.site.Texts.Text(language.English, "api.intro", nil),
		License:     &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"},
	}
}

// document adds what all operations share.
func (f *face) document() {
	doc := f.huma.OpenAPI()
	doc.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		sessionScheme: {Type: "http", Scheme: "bearer", Description: f.site.Texts.Text(language.English, "api.scheme.session", nil)},
		linkScheme:    {Type: "http", Scheme: "bearer", Description: f.site.Texts.Text(language.English, "api.scheme.status_link", nil)},
	}
	for _, name := range []string{tagSessions, tagBrowser, tagAccount, tagClosures, tagStatus, tagReviews, tagOrganisations, tagDissolutions,
		tagAccounts, tagPolicies, tagHolders, tagReports, tagProof} {
		doc.Tags = append(doc.Tags, &huma.Tag{Name: name, Description: f.site.Texts.Text(language.English, "api.tag."+name+".description", nil)})
	}
}

// The groups that operations are shown in.
const (
	tagSessions      = "sessions"
	tagBrowser       = "browser"
	tagAccount       = "account"
	tagClosures      = "closures"
	tagStatus        = "closure_status"
	tagReviews       = "reviews"
	tagOrganisations = "organisations"
	tagDissolutions  = "dissolutions"
	tagAccounts      = "accounts"
	tagPolicies      = "policies"
	tagHolders       = "holders"
	tagReports       = "reports"
	tagProof         = "proof"
)
