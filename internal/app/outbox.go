package app

import (
	"github.com/signoff-id/signoff/internal/delivery"
	"github.com/signoff-id/signoff/internal/store"
)

func (a *App) openOutbox(w World) error {
	a.Outbox = &delivery.Outbox{InTx: store.InTx(a.DB, func(tx *store.Tx) delivery.OutboxTx { return tx }),
		Now: a.now, Log: a.Log, Probe: w.Probe, Send: w.Send}
	return nil
}
