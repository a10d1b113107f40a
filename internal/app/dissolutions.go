package app

import (
	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/store"
)

// openDissolutions gives dissolutions what closures have.
func (a *App) openDissolutions(w World) {
	as := func(tx *store.Tx) dissolution.Tx { return tx }
	a.Dissolutions = &dissolution.Service{InTx: store.InTx(a.DB, as), View: store.ViewTx(a.DB, as), Now: a.now, NewID: newID, Log: a.log,
		Sessions: a.Sessions, Policies: a.Closures.Policies, Holders: a.Holders, Audit: a.Audit, Ring: a.Ring,
		Issuer: a.Config.Issuer, Tries: a.Closures.Tries, Probe: w.Probe}
}
