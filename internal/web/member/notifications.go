package member

import (
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/signal"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// channel is one box of a kind of notice: by mail, by text message, in the app.
type channel struct {
	name    string
	offered bool // whether the kind is ever told on it
	on      bool
}

// choice is a kind of notice that may be muted.
type choice struct {
	kind     string
	channels []channel
}

// notificationsData is what the page of the notifications shows.
type notificationsData struct {
	choices []choice
	always  []string // kinds that cannot be muted
}

// notifications shows of what the person is told, and how.
func (p *Pages) notifications(v *visit.Visit) error {
	all, err := p.Inbox.Preferences(v.Context(), v.Account())
	if err != nil {
		return err
	}
	var d notificationsData
	for _, of := range all {
		if of.Required {
			d.always = append(d.always, of.Kind)
		} else {
			d.choices = append(d.choices, choice{of.Kind, channelsOf(of)})
		}
	}
	page, err := v.Page(v.T("page.notifications.title"))
	if err != nil {
		return err
	}
	return v.Show(notificationsPage(page, d))
}

func channelsOf(of inbox.Preference) []channel {
	rule, _ := signal.RuleOf(of.Kind)
	return []channel{{signal.Mail, true, of.Mail}, {signal.SMS, !rule.MailOnly, of.SMS}, {signal.Inbox, !rule.NotKept, of.Inbox}}
}
