package member

import (
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/signal"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// notificationsSet keeps what was ticked, or turns everything off or on that may
// be muted. What stays as it is leaves no trace.
func (p *Pages) notificationsSet(v *visit.Visit) error {
	all, err := p.Inbox.Preferences(v.Context(), v.Account())
	if err != nil {
		return err
	}
	for _, of := range all {
		if of.Required {
			continue
		}
		wanted := inbox.Choice{}
		changed := false
		for _, c := range channelsOf(of) {
			on := v.Value(of.Kind+"."+c.name) == "yes"
			if every := v.Value("every"); every != "" {
				on = every == "on"
			}
			if !c.offered || on == c.on {
				continue
			}
			changed = true
			switch c.name {
			case signal.Mail:
				wanted.Mail = &on
			case signal.SMS:
				wanted.SMS = &on
			default:
				wanted.Inbox = &on
			}
		}
		if !changed {
			continue
		}
		if _, err := p.Inbox.Prefer(v.Context(), v.AsMember(), v.Account(), of.Kind, wanted); err != nil {
			return err
		}
	}
	v.Tell("success", "page.notifications.saved")
	return v.Go("/settings/notifications")
}
