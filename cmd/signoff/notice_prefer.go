package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/inbox"
)

// noticePreferCmd turns a kind of notice on or off; a channel that is not named
// stays as it is.
type noticePreferCmd struct {
	whom
	Kind  string `arg:""`
	Mail  *bool  `negatable:""`
	SMS   *bool  `negatable:"" name:"sms"`
	Inbox *bool  `negatable:""`
}

func (c noticePreferCmd) Run(ctx context.Context, e *env) error {
	if c.Mail == nil && c.SMS == nil && c.Inbox == nil {
		return badUsage(fault.New(fault.Invalid, "usage_missing_flag", "flags", "--[no-]mail, --[no-]sms, --[no-]inbox"))
	}
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		p, err := a.Inbox.Prefer(ctx, actor(), who.ID, c.Kind, inbox.Choice{Mail: c.Mail, SMS: c.SMS, Inbox: c.Inbox})
		if err != nil {
			return err
		}
		return e.done(viewPreference(p), "notice_preferred", "kind", e.word(p.Kind), "mail", e.yes(p.Mail), "sms", e.yes(p.SMS), "inbox", e.yes(p.Inbox))
	})
}
