// Package app puts the rooms together. It says which parts this installation
// has, and who is given what. It decides nothing; read it as the map of the
// running program.
package app

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/browser"
	"github.com/signoff-id/signoff/internal/clock"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/delivery"
	"github.com/signoff-id/signoff/internal/directory"
	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/keys"
	"github.com/signoff-id/signoff/internal/onetime"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/report"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/store"
	"github.com/signoff-id/signoff/internal/store/postgres"
	"github.com/signoff-id/signoff/internal/store/sqlite"
	"github.com/signoff-id/signoff/internal/telemetry"
	"github.com/signoff-id/signoff/internal/texts"
	"github.com/signoff-id/signoff/internal/work"
	"github.com/signoff-id/signoff/internal/workday"
)

// App is one opened installation: its database, its keys and what can be done.
// Commands use it as it is; Serve adds the loops and the network.
type App struct {
	Config   config.Config
	log      *slog.Logger
	DB       *store.DB
	Ring     *keys.Ring
	texts    *texts.Catalogue
	Holders  *holder.Set
	Checks   *holder.Checks // of the holders
	Accounts *identity.Service
	Orgs     *org.Service
	Sessions *session.Service
	Closures *closure.Service
	Access   *access.Service
	States   *work.States
	browsers *browser.Service
	Codes    *onetime.Service
	Inbox    *inbox.Service
	Audit    *audit.Log
	Outbox   *delivery.Outbox
	Places   *Places
	// StreamPoll is how often streams look for news; zero is the usual.
	StreamPoll time.Duration
	Clock      *clock.Clock // nil outside a demo
	metrics    *telemetry.Metrics
	Version    string
	now        func() time.Time
	rand       io.Reader

	// Directory brings people in and out in bulk.
	Directory *directory.Service
	// Reports count what happens, day by day.
	Reports *report.Service
	// Dissolutions end organisations.
	Dissolutions *dissolution.Service
}

// World is what comes from outside: time, randomness and, in tests, the price
// of a password hash and the points to crash at.
type World struct {
	Now   func() time.Time
	Rand  io.Reader
	Cost  identity.Cost
	Probe func(point string)
	Log   *slog.Logger
	// Version of this program, for those who ask.
	Version string
	// Holders takes the place of the configured data holders; nil but in tests.
	Holders *holder.Set
	// Send takes the place of the configured mail; nil but in tests.
	Send func(context.Context, delivery.Notice) error
}

// TheWorld is the real one. Its clock counts microseconds, as the database
// does: what is answered at once is what is read later.
func TheWorld(log *slog.Logger) World {
	return World{Now: func() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }, Rand: rand.Reader, Cost: identity.StandardCost(), Log: log}
}

// Open opens an installation: keys, database, data holders. It starts nothing.
func Open(ctx context.Context, c config.Config, w World) (*App, error) {
	a := &App{Config: c, log: w.Log, Version: w.Version, metrics: telemetry.NewMetrics(w.Version), rand: w.Rand}
	var err error
	if a.texts, err = texts.Load(); err != nil {
		return nil, err
	}
	fresh, err := a.openRing(w)
	if err != nil {
		return nil, Unusable(err)
	}
	if a.DB, err = openDB(ctx, c, a.Ring.Vault(), w.Log); err != nil {
		return nil, Unusable(err)
	}
	if fresh {
		err := a.keepRing(ctx)
		if errors.Is(err, fs.ErrExist) { // another process was faster, and its keys are the ones
			if err := a.DB.Close(); err != nil {
				return nil, err
			}
			return Open(ctx, c, w)
		}
		if err != nil {
			return nil, errors.Join(Unusable(err), a.DB.Close())
		}
	}
	if err := a.assemble(ctx, w); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

func (a *App) assemble(ctx context.Context, w World) error {
	if err := a.setClock(ctx, w); err != nil {
		return err
	}
	var err error
	if a.Holders = w.Holders; a.Holders == nil {
		if a.Holders, err = openHolders(a.Config); err != nil {
			return err
		}
	}
	a.openChecks()
	if err := a.settleIssuer(ctx); err != nil {
		return err
	}
	if err := a.openAudit(); err != nil {
		return err
	}
	if a.Places, err = openPlaces(a.Config.IPRangesFile); err != nil {
		return err
	}
	if err := a.openPeople(w); err != nil {
		return err
	}
	if err := a.openClosures(w); err != nil {
		return err
	}
	a.openDissolutions(w)
	if err := a.openOutbox(w); err != nil {
		return err
	}
	return a.loadContent(ctx)
}

func openDB(ctx context.Context, c config.Config, vault *keys.Vault, log *slog.Logger) (*store.DB, error) {
	dsn := c.DSN()
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		return postgres.Open(ctx, dsn, vault, log)
	}
	return sqlite.Open(ctx, strings.TrimPrefix(dsn, "sqlite:"), vault, log)
}

// setClock gives a demo the clock that can be moved, and everybody else the
// real one.
func (a *App) setClock(ctx context.Context, w World) error {
	a.now = w.Now
	return a.DB.View(ctx, func(tx *store.Tx) error {
		is, err := clock.IsDemo(ctx, tx)
		if err != nil || !is {
			return err
		}
		a.Clock = &clock.Clock{Real: w.Now}
		a.now = a.Clock.Now
		return a.Clock.Follow(ctx, tx)
	})
}

func (a *App) openAudit() error {
	origin := a.Config.Issuer + "/audit"
	signer, err := a.Ring.NoteSigner(origin)
	if err != nil {
		return err
	}
	verifiers, err := keys.NoteVerifiers(origin, a.Ring.JWKS())
	if err != nil {
		return err
	}
	a.Audit = &audit.Log{InTx: store.InTx(a.DB, func(tx *store.Tx) audit.LogTx { return tx }),
		Reads: a.DB.AuditReads(), Signer: signer, Verifiers: verifiers, Origin: origin}
	return nil
}

// homeZone is where days begin that are nobody's in particular.
func homeZone() *time.Location { return time.FixedZone("UTC+8", 8*60*60) }

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func (a *App) openPeople(w World) error {
	asCodes := func(tx *store.Tx) onetime.Tx { return tx }
	a.Codes = &onetime.Service{InTx: store.InTx(a.DB, asCodes), View: store.ViewTx(a.DB, asCodes), Now: a.now, NewID: newID, Rand: w.Rand,
		Hash: a.Ring.Vault().BlindIndex, Limits: onetime.StandardLimits()}
	asInbox := func(tx *store.Tx) inbox.Tx { return tx }
	a.Inbox = &inbox.Service{InTx: store.InTx(a.DB, asInbox), View: store.ViewTx(a.DB, asInbox), Now: a.now, NewID: newID}
	asIdentity := func(tx *store.Tx) identity.Tx { return tx }
	a.Accounts = &identity.Service{InTx: store.InTx(a.DB, asIdentity), View: store.ViewTx(a.DB, asIdentity),
		Now: a.now, NewID: newID, Hasher: identity.NewHasher(w.Rand, w.Cost),
		Rules: identity.PasswordRules{MinLength: a.Config.Password.MinLength, Words: []string{"signoff", a.Config.Issuer, a.Config.PublicURL}}}
	asOrg := func(tx *store.Tx) org.Tx { return tx }
	a.Orgs = &org.Service{InTx: store.InTx(a.DB, asOrg), View: store.ViewTx(a.DB, asOrg), Now: a.now, NewID: newID}
	asDirectory := func(tx *store.Tx) directory.Tx { return tx }
	a.Directory = &directory.Service{InTx: store.InTx(a.DB, asDirectory), View: store.ViewTx(a.DB, asDirectory),
		Picture: store.ViewTx(a.DB, func(tx *store.Tx) directory.ExportTx { return tx }), Now: a.now, NewID: newID, Issuer: a.Config.Issuer}
	asReport := func(tx *store.Tx) report.Tx { return tx }
	a.Reports = &report.Service{InTx: store.InTx(a.DB, asReport), View: store.ViewTx(a.DB, asReport), Now: a.now, Zone: homeZone()}
	asSession := func(tx *store.Tx) session.Tx { return tx }
	a.Sessions = &session.Service{InTx: store.InTx(a.DB, asSession), View: store.ViewTx(a.DB, asSession), Live: counted{a.DB, a.metrics}, Observe: a.metrics.SignedOut,
		Now: a.now, NewID: newID, Rand: w.Rand, Hash: a.Ring.Vault().BlindIndex, Locate: a.Places.find}
	a.setSessions(a.Config.Session)
	a.openWork(a.Config.Work)
	return nil
}

func (a *App) openClosures(w World) error {
	shipped, err := workday.Shipped()
	if err != nil {
		return err
	}
	asClosure := func(tx *store.Tx) closure.Tx { return tx }
	a.Closures = &closure.Service{InTx: store.InTx(a.DB, asClosure), View: store.ViewTx(a.DB, asClosure),
		Now: a.now, NewID: newID, Rand: w.Rand, Log: a.log,
		Accounts: a.Accounts, Sessions: a.Sessions, Holders: a.Holders, Audit: a.Audit, Ring: a.Ring,
		Policies:   &closure.Policies{Shipped: shipped},
		Offer:      a.offer(),
		Issuer:     a.Config.Issuer,
		StatusLink: func(token string) string { return a.Config.PublicURL + "/closure-status#" + token },
		Tries:      closure.Tries{Timeout: a.Config.Erasure.TryTimeout, Least: a.Config.Erasure.BackoffMin, Most: a.Config.Erasure.BackoffMax},
		Probe:      w.Probe}
	return a.openAccess(w)
}

// Close gives back what Open took.
func (a *App) Close() error {
	var err error
	if a.Holders != nil {
		err = a.Holders.Close()
	}
	return errors.Join(err, a.DB.Close())
}

// Actor is who acts through the command line: whoever may open the database and
// the keys runs this installation.
func Actor() audit.Actor { return audit.Actor{Kind: audit.KindOperator, ID: "cli"} }
