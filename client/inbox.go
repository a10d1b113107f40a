package client

import (
	"context"
	"iter"
	"net/http"
	"time"
)

// InboxNotice is a notice as its owner reads it, in the client's language.
type InboxNotice struct {
	ID        string     `json:"id"`
	Kind      string     `json:"kind"`
	Title     string     `json:"title"`
	Text      string     `json:"text"`
	CreatedAt time.Time  `json:"created_at"`
	ReadAt    *time.Time `json:"read_at"` // nil while it is unread
}

// NoticeCount counts notices.
type NoticeCount struct {
	Count int `json:"count"`
}

// OwnNotices gives one page of the caller's inbox, the newest first; unread
// leaves out what was read.
func (c *Client) OwnNotices(ctx context.Context, unread bool, p Page) (List[InboxNotice], error) {
	q := p.query()
	if unread {
		q.Set("unread", "true")
	}
	return list[InboxNotice](ctx, c, path("account", "notices"), q)
}

// AllOwnNotices gives the caller's whole inbox, page by page.
func (c *Client) AllOwnNotices(ctx context.Context, unread bool) iter.Seq2[InboxNotice, error] {
	return walk(ctx, func(ctx context.Context, p Page) (List[InboxNotice], error) { return c.OwnNotices(ctx, unread, p) })
}

// UnreadNotices counts what the caller has not read yet.
func (c *Client) UnreadNotices(ctx context.Context) (int, error) {
	n, err := get[NoticeCount](ctx, c, path("account", "notices", "unread"), nil)
	return n.Count, err
}

// ReadOwnNotice marks one of the caller's notices as read. Codes:
// notice_not_found.
func (c *Client) ReadOwnNotice(ctx context.Context, id string) error {
	return c.tell(ctx, http.MethodPost, path("account", "notices", id, "read"), nil)
}

// ReadOwnNotices marks all of the caller's notices as read, and says how many
// were not.
func (c *Client) ReadOwnNotices(ctx context.Context) (int, error) {
	n, err := post[NoticeCount](ctx, c, path("account", "notices", "read"), nil)
	return n.Count, err
}

// DeleteOwnNotice takes a notice out of the caller's inbox. Codes:
// notice_not_found.
func (c *Client) DeleteOwnNotice(ctx context.Context, id string) error {
	return c.tell(ctx, http.MethodDelete, path("account", "notices", id), nil)
}

// NoticePreference says on which channels the caller is told of a kind of
// notice.
type NoticePreference struct {
	Kind     string `json:"kind"`
	Required bool   `json:"required"` // cannot be turned off
	Mail     bool   `json:"mail"`
	SMS      bool   `json:"sms"` // used only for an account without an e-mail address
	Inbox    bool   `json:"inbox"`
}

// NoticeChoice changes a preference; what is nil stays.
type NoticeChoice struct {
	Mail  *bool `json:"mail,omitempty"`
	SMS   *bool `json:"sms,omitempty"`
	Inbox *bool `json:"inbox,omitempty"`
}

// NoticePreferences says on which channels the caller is told of what.
func (c *Client) NoticePreferences(ctx context.Context) ([]NoticePreference, error) {
	return items[NoticePreference](ctx, c, path("account", "notice-preferences"))
}

// SetNoticePreference changes on which channels the caller is told of one kind.
// Codes: notice_kind_not_found, notice_required.
func (c *Client) SetNoticePreference(ctx context.Context, kind string, in NoticeChoice) (NoticePreference, error) {
	return put[NoticePreference](ctx, c, path("account", "notice-preferences", kind), in)
}
