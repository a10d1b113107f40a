package api

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/inbox"
)

// inboxNotice is a notice as its owner reads it, in the caller's language.
type inboxNotice struct {
	ID        string     `json:"id"`
	Kind      string     `json:"kind"`
	Title     string     `json:"title"`
	Text      string     `json:"text"`
	CreatedAt time.Time  `json:"created_at"`
	ReadAt    *time.Time `json:"read_at,omitempty" doc:"Missing while it is unread."`
}

func (f *face) shapeInbox(ctx context.Context) func(inbox.Item) inboxNotice {
	lang := httpserver.Language(ctx)
	return func(i inbox.Item) inboxNotice {
		title, text := f.site.Texts.InboxNotice(lang, i.Kind, i.Args)
		return inboxNotice{ID: i.ID, Kind: i.Kind, Title: title, Text: text, CreatedAt: i.CreatedAt.UTC(), ReadAt: when(i.ReadAt)}
	}
}

// noticeCount counts notices.
type noticeCount struct {
	Count int `json:"count"`
}

// noticePreference says on which channels the caller is told of a kind.
type noticePreference struct {
	Kind     string `json:"kind"`
	Required bool   `json:"required" doc:"It concerns the account's safety or its end, and cannot be turned off."`
	Mail     bool   `json:"mail"`
	SMS      bool   `json:"sms" doc:"Used only for an account without an e-mail address."`
	Inbox    bool   `json:"inbox"`
}

func shapePreference(p inbox.Preference) noticePreference {
	return noticePreference{Kind: p.Kind, Required: p.Required, Mail: p.Mail, SMS: p.SMS, Inbox: p.Inbox}
}

// noticeChoice changes a preference; what is left out stays.
type noticeChoice struct {
	Mail  *bool `json:"mail,omitempty"`
	SMS   *bool `json:"sms,omitempty"`
	Inbox *bool `json:"inbox,omitempty"`
}
