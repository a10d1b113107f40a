package app

import (
	"cmp"
	"net/http"
	"path/filepath"

	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/delivery"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/store"
)

// openOutbox says how notices leave: by mail and text message, or only into the
// log.
func (a *App) openOutbox(w World) error {
	a.Outbox = &delivery.Outbox{InTx: store.InTx(a.DB, func(tx *store.Tx) delivery.OutboxTx { return tx }),
		Now: a.now, Log: a.log, Probe: w.Probe, Send: w.Send}
	if w.Send != nil {
		return nil
	}
	sender := &delivery.Sender{Texts: a.texts, From: a.Config.Mail.From}
	var err error
	if sender.Transport, err = a.mail(w); err != nil {
		return err
	}
	if sender.SMS, err = a.sms(w, delivery.Outbound()); err != nil {
		return err
	}
	a.Outbox.Send = sender.Send
	return nil
}

func (a *App) mail(w World) (delivery.Transport, error) {
	m := a.Config.Mail
	if m.Transport != "smtp" {
		return a.nowhere(), nil
	}
	password, err := m.Password()
	return &delivery.Mail{Host: m.Host, Port: m.Port, User: m.User, Password: password, Protection: m.TLS, Now: w.Now}, err
}

// LettersIn is the folder in which a demo without a mail server keeps what it
// would have sent: the codes must be read somewhere.
func LettersIn(c config.Config) string { return filepath.Join(c.DataDir, "letters") }

// nowhere is for an installation without a mail server.
func (a *App) nowhere() delivery.Transport {
	if a.Clock != nil { // a demo
		return delivery.Folder{Dir: LettersIn(a.Config)}
	}
	return delivery.Log{Log: a.log}
}

// sms gives the way of text messages, nil where there is none. Signatures are
// dated by the real clock, a demo's moved one would be refused.
func (a *App) sms(w World, client *http.Client) (delivery.Transport, error) {
	s := a.Config.SMS
	secret, err := s.Secret()
	if err != nil {
		return nil, err
	}
	switch s.Transport {
	case "log":
		return a.nowhere(), nil
	case "hook":
		key, ok := delivery.HookSecret(secret)
		if !ok {
			return nil, fault.New(fault.Invalid, "config_hook_secret")
		}
		return &delivery.Hook{URL: s.URL, Secret: key, Client: client, Now: w.Now}, nil
	case "aliyun":
		return &delivery.Aliyun{Endpoint: cmp.Or(s.URL, delivery.AliyunHost), KeyID: s.KeyID, Secret: secret, SignName: s.SignName,
			Templates: templates(s.Templates), Client: client, Now: w.Now}, nil
	case "tencent":
		return &delivery.Tencent{Endpoint: cmp.Or(s.URL, delivery.TencentHost), Region: s.Region, SecretID: s.KeyID, SecretKey: secret, AppID: s.AppID,
			SignName: s.SignName, Templates: templates(s.Templates), Client: client, Now: w.Now}, nil
	}
	if a.Clock != nil {
		return a.nowhere(), nil
	}
	return nil, nil //nolint:nilnil // there is none, and that is no error
}

func templates(from []config.SMSTemplate) (all delivery.SMSTemplates) {
	for _, t := range from {
		all = append(all, delivery.SMSTemplate{Kind: t.Kind, Locale: t.Locale, Code: t.Code, Params: t.Names()})
	}
	return all
}
