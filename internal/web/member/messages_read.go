package member

import "github.com/signoff-id/signoff/internal/web/visit"

// messagesRead marks one message as read, or all of them.
func (p *Pages) messagesRead(v *visit.Visit) error {
	if id := v.Value("id"); id != "" {
		if err := p.Inbox.Read(v.Context(), v.Account(), id); err != nil {
			return err
		}
		return v.Go("/messages")
	}
	if _, err := p.Inbox.ReadAll(v.Context(), v.Account()); err != nil {
		return err
	}
	v.Tell("success", "page.messages.all_read")
	return v.Go("/messages")
}
