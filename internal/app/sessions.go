package app

import (
	"context"

	"github.com/signoff-id/signoff/internal/browser"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/store"
	"github.com/signoff-id/signoff/internal/work"
)

// setSessions gives sessions the limits that the settings say.
func (a *App) setSessions(c config.Session) {
	s := a.Sessions
	s.TTL, s.Idle, s.ActivityLag, s.Window = c.AbsoluteTTL, c.Idle(), c.ActivityLag, c.Presence
	s.Approval.From = a.Config.SignOut.ApprovalFrom
	for _, scope := range a.Config.SignOut.Scopes() {
		s.Approval.Scopes = append(s.Approval.Scopes, session.Scope(scope))
	}
	s.Limits = session.Limits{Account: c.Limit, ByKind: c.Limits(), Refuse: c.Refuses()}
}

// sweepSessions ends what ran out.
func (a *App) sweepSessions(ctx context.Context) error {
	_, err := a.Sessions.Sweep(ctx)
	return err
}

// openWork bounds what apps announce, and opens what they store and browsers.
func (a *App) openWork(c config.Work) {
	a.Sessions.Work, a.Sessions.MostGrace = work.Limits{PerSession: c.PerSession, MostTTL: c.MaxTTL}, c.MaxGrace
	asBrowsers := func(tx *store.Tx) browser.Tx { return tx }
	a.browsers = &browser.Service{InTx: store.InTx(a.DB, asBrowsers), View: store.ViewTx(a.DB, asBrowsers), Now: a.now, NewID: newID, Rand: a.rand, Sessions: a.Sessions}
	asStates := func(tx *store.Tx) work.StateTx { return tx }
	a.States = &work.States{InTx: store.InTx(a.DB, asStates), View: store.ViewTx(a.DB, asStates), Now: a.now, Most: c.StateBytes, TTL: c.StateTTL}
}
