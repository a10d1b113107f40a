package member

import (
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// messagesShown is how many messages a page shows.
const messagesShown = 20

// message is a notice in the reader's language.
type message struct {
	inbox.Item
	title, text string
}

// messages is the inbox, the newest first.
func (p *Pages) messages(v *visit.Visit) error {
	all, err := p.Inbox.List(v.Context(), v.Account(), inbox.Filter{Before: v.Query("before"), Limit: messagesShown + 1})
	if err != nil {
		return err
	}
	older := ""
	if len(all) > messagesShown {
		all = all[:messagesShown]
		older = all[len(all)-1].ID
	}
	var shown []message
	for _, i := range all {
		title, text := v.Notice(i.Kind, i.Args)
		shown = append(shown, message{i, title, text})
	}
	page, err := v.Page(v.T("page.nav.messages"))
	if err != nil {
		return err
	}
	return v.Show(messagesPage(page, shown, older))
}
