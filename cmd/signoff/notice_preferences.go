package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/inbox"
)

// noticePreferencesCmd shows on which channels an account is told of what.
type noticePreferencesCmd struct{ whom }

type preferenceView struct {
	Kind     string `json:"kind"`
	Required bool   `json:"required"`
	Mail     bool   `json:"mail"`
	SMS      bool   `json:"sms"`
	Inbox    bool   `json:"inbox"`
}

func viewPreference(p inbox.Preference) preferenceView {
	return preferenceView{p.Kind, p.Required, p.Mail, p.SMS, p.Inbox}
}

func (c noticePreferencesCmd) Run(ctx context.Context, e *env) error {
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		all, err := a.Inbox.Preferences(ctx, who.ID)
		if err != nil {
			return err
		}
		v := views(all, viewPreference)
		return e.show(v, func(p *page) {
			p.table([]string{"kind", "notice", "required", "mail", "sms", "inbox"}, views(v, func(x preferenceView) []string {
				return []string{x.Kind, e.word(x.Kind), e.yes(x.Required), e.yes(x.Mail), e.yes(x.SMS), e.yes(x.Inbox)}
			}))
		})
	})
}
