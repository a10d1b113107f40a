package member

import "github.com/signoff-id/signoff/internal/web/visit"

// messageDelete takes a message out of the inbox.
func (p *Pages) messageDelete(v *visit.Visit) error {
	if err := p.Inbox.Delete(v.Context(), v.Account(), v.Value("id")); err != nil {
		return err
	}
	v.Tell("success", "page.messages.deleted")
	return v.Go("/messages")
}
