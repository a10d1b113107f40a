// Package people holds the console's pages about organisations: departments, members,
// who is online, and signing people out.
package people

import (
	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/directory"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// Pages are the pages and what they stand on.
type Pages struct {
	Access    *access.Service
	Accounts  *identity.Service
	Orgs      *org.Service
	Sessions  *session.Service
	Directory *directory.Service
}

// Mount adds the pages.
func (p *Pages) Mount(d *visit.Desk) {
}
