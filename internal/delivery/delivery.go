// Package delivery carries notices out of the house. It takes them from the
// outbox after their change has committed, words them in the person's language,
// and sends each at least once, by mail or as a text message. Addresses and
// words reach the transport and nothing else: no log, no error, no metric.
package delivery

import (
	"context"
	"strings"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/signal"
	"github.com/signoff-id/signoff/internal/texts"
)

// Notice is one message to one person. Args fill the placeholders of the texts
// notice.<kind>.subject and notice.<kind>.body.
type Notice struct {
	ID      string // sent again under the same id, a notice can be recognised
	Kind    string
	Locale  string // one of language.All
	Channel string // signal.Mail or signal.SMS; empty is Mail
	Address string // an e-mail address, or a mobile number as in E.164
	Args    map[string]string
}

// Message is a notice in words, ready to go. A text message has no From, Subject
// and HTML; providers that know it by a template need its Args instead.
type Message struct {
	ID, Kind, Locale, From, To, Subject, Text, HTML string
	Args                                            map[string]string
}

// Transport carries messages. Its errors are faults: see Permanent.
type Transport interface {
	Deliver(ctx context.Context, m Message) error
}

// Sender words notices and hands them to a transport.
type Sender struct {
	Transport Transport // for mail
	SMS       Transport // for text messages; nil where there are none
	Texts     *texts.Catalogue
	From      string // an address, or "Name <address>"
}

// Send words n and delivers it. It fails with "notice_refused",
// "notice_address_unusable" or "sms_off" when another try is useless, and with
// "notice_failed" when it is not.
func (s *Sender) Send(ctx context.Context, n Notice) error {
	if !s.Texts.HasNotice(n.Kind) {
		return fault.New(fault.Internal, "notice_kind_unknown", "kind", n.Kind)
	}
	if n.Channel == signal.SMS {
		if s.SMS == nil {
			return fault.New(fault.Invalid, "sms_off")
		}
		return s.SMS.Deliver(ctx, Message{ID: n.ID, Kind: n.Kind, Locale: n.Locale, To: n.Address, Args: n.Args,
			Text: oneLine(s.Texts.ShortNotice(n.Locale, n.Kind, n.Args))})
	}
	subject, body := s.Texts.Notice(n.Locale, n.Kind, n.Args)
	subject, footer := oneLine(subject), s.Texts.Text(n.Locale, "notice.footer", nil)
	html, err := page(n, subject, body, footer)
	if err != nil {
		return err
	}
	return s.Transport.Deliver(ctx, Message{ID: n.ID, Kind: n.Kind, Locale: n.Locale, From: s.From, To: n.Address,
		Subject: subject, Text: body + "\n\n" + footer + "\n", HTML: html, Args: n.Args})
}

// oneLine keeps a subject on its line, whatever its arguments hold.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Permanent says whether trying again is useless: the address does not exist or
// cannot be one, or the message was refused for good.
func Permanent(err error) bool {
	return fault.Is(err, "notice_refused") || fault.Is(err, "notice_address_unusable") || fault.Is(err, "sms_off")
}
