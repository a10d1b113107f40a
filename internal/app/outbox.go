package app

import (
	"github.com/signoff-id/signoff/internal/delivery"
	"github.com/signoff-id/signoff/internal/store"
)

// openOutbox says how notices leave: by mail, or only into the log.
func (a *App) openOutbox(w World) error {
	a.Outbox = &delivery.Outbox{InTx: store.InTx(a.DB, func(tx *store.Tx) delivery.OutboxTx { return tx }),
		Now: a.now, Log: a.Log, Probe: w.Probe, Send: w.Send}
	if w.Send != nil {
		return nil
	}
	m := a.Config.Mail
	sender := &delivery.Sender{Transport: delivery.Log{Log: a.Log}, Texts: a.Texts, From: m.From}
	if m.Transport == "smtp" {
		password, err := m.Password()
		if err != nil {
			return err
		}
		sender.Transport = &delivery.Mail{Host: m.Host, Port: m.Port, User: m.User, Password: password, Protection: m.TLS, Now: w.Now}
	}
	a.Outbox.Send = sender.Send
	return nil
}
