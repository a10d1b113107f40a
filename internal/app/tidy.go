package app

import (
	"context"
	"errors"
	"time"

	"github.com/signoff-id/signoff/internal/browser"
	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/onetime"
	"github.com/signoff-id/signoff/internal/store"
	"github.com/signoff-id/signoff/internal/throttle"
)

// tidy does once what the loop does again and again.
func (a *App) tidy(ctx context.Context) error {
	return errors.Join(
		a.followClock(ctx),
		a.Outbox.Wake(ctx),
		a.resumeDue(ctx),
		a.endGraced(ctx),
		a.DB.ForgetBrowsers(ctx, a.now().Add(-browser.KeptFor)),
		a.DB.ForgetWork(ctx, a.now()),
		a.Orgs.ExpireTransfers(ctx),
		a.sweepSessions(ctx),
		a.Sessions.ExpireOrders(ctx),
		a.refreshPlaces(ctx),
		a.Dissolutions.Wake(ctx),
		a.DB.ReleaseIdentifiers(ctx, a.now()),
		a.forgetEvents(ctx),
		a.DB.ForgetAnswers(ctx, a.now().Add(-httpserver.IdempotencyFor)),
		a.DB.ForgetSteps(ctx, a.now()),
		a.DB.ForgetCodes(ctx, a.now().Add(-onetime.KeptFor)),
		a.DB.ForgetItems(ctx, a.now().Add(-inbox.KeptFor)),
		a.DB.ForgetGuesses(ctx, a.now(), a.now().Add(-throttle.KnownFor)),
		a.DB.ForgetStrangers(ctx, a.now().Add(-onetime.KeptFor)),
	)
}

// eventsFor is how long an event can still be fetched.
const eventsFor = 30 * 24 * time.Hour

func (a *App) forgetEvents(ctx context.Context) error {
	return a.DB.Update(ctx, func(tx *store.Tx) error { return tx.ForgetEvents(ctx, a.now().Add(-eventsFor)) })
}

// refreshPlaces follows the file of address ranges.
func (a *App) refreshPlaces(ctx context.Context) error {
	changed, err := a.Places.Refresh()
	if changed {
		a.log.InfoContext(ctx, "the address ranges were read again")
	}
	return err
}

func (a *App) followClock(ctx context.Context) error {
	if a.Clock == nil {
		return nil
	}
	return a.DB.View(ctx, func(tx *store.Tx) error { return a.Clock.Follow(ctx, tx) })
}

// foldReports counts what has happened since the last time.
func (a *App) foldReports(ctx context.Context) error {
	_, err := a.Reports.Fold(ctx)
	return err
}

// resumeDue ends the pauses that are over.
func (a *App) resumeDue(ctx context.Context) error {
	_, err := a.Access.ResumeDue(ctx)
	return err
}

// endGraced ends the sessions that an order has left time to save.
func (a *App) endGraced(ctx context.Context) error {
	_, err := a.Sessions.EndGraced(ctx)
	return err
}
