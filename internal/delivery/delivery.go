// Package delivery carries what Signoff has to say out of the house: notices to
// people, taken from the outbox after their change has committed, worded in the
// person's language, and sent at least once. Addresses and words reach the
// transport and nothing else: no log, no error, no metric.
package delivery

import (
	"context"
	"strings"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/texts"
)

// Notice is one message to one person. Args fill the placeholders of the texts
// notice.<kind>.subject and notice.<kind>.body.
type Notice struct {
	ID      string // sent again under the same id, a notice can be recognised
	Kind    string
	Locale  string // one of texts.Languages
	Address string
	Args    map[string]string
}

// Message is a notice in words, ready to go.
type Message struct {
	ID, Kind, Locale, From, To, Subject, Text string
}

// Transport carries messages. Its errors are faults: see Permanent.
type Transport interface {
	Deliver(ctx context.Context, m Message) error
}

// Sender words notices and hands them to a transport.
type Sender struct {
	Transport Transport
	Texts     *texts.Catalogue
	From      string // an address, or "Name <address>"
}

// Send words n and delivers it. It fails with "notice_refused" or
// "notice_address_unusable" when another try is useless, and with
// "notice_failed" when it is not.
func (s *Sender) Send(ctx context.Context, n Notice) error {
	subject, body := "notice."+n.Kind+".subject", "notice."+n.Kind+".body"
	if !s.Texts.Has(texts.English, subject) || !s.Texts.Has(texts.English, body) {
		return fault.New(fault.Internal, "notice_kind_unknown", "kind", n.Kind)
	}
	args := make(map[string]any, len(n.Args))
	for k, v := range n.Args {
		args[k] = v
	}
	return s.Transport.Deliver(ctx, Message{
		ID: n.ID, Kind: n.Kind, Locale: n.Locale, From: s.From, To: n.Address,
		Subject: oneLine(s.Texts.Text(n.Locale, subject, args)),
		Text:    s.Texts.Text(n.Locale, body, args) + "\n\n" + s.Texts.Text(n.Locale, "notice.footer", nil) + "\n",
	})
}

// oneLine keeps a subject on its line, whatever its arguments hold.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Permanent says whether trying again is useless: the address does not exist or
// cannot be one, or the message was refused for good.
func Permanent(err error) bool {
	return fault.Is(err, "notice_refused") || fault.Is(err, "notice_address_unusable")
}
