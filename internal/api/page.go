package api

import (
	"encoding/base64"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
)

// Page is how every list is asked for.
type Page struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many entries to give at most."`
	Cursor string `query:"cursor" maxLength:"256" doc:"The next_cursor of the page before; its content means nothing to callers."`
}

// list is a page of things.
type list[T any] struct {
	Items      []T    `json:"items" nullable:"false"`
	NextCursor string `json:"next_cursor,omitempty" doc:"Where the next page begins. Missing on the last page."`
}

// cursorMark begins what a cursor holds: should the form change one day, old
// cursors are refused and not misread.
const cursorMark = "1:"

// after gives the place that a cursor stands for, "" for the start.
func (p Page) after() (string, error) {
	if p.Cursor == "" {
		return "", nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(p.Cursor)
	place, ok := strings.CutPrefix(string(raw), cursorMark)
	if err != nil || !ok {
		return "", badCursor()
	}
	return place, nil
}

func badCursor() error {
	return fault.Wrong().At("query.cursor", "cursor_invalid")
}

// more is the limit to ask a service for: one beyond the page, to know whether
// there is a next one.
func (p Page) more() int { return p.Limit + 1 }

// pageOf makes a page of what a service gave for more(); place says where an
// entry stands.
func pageOf[D, T any](p Page, found []D, place func(D) string, shape func(D) T) *answer[list[T]] {
	out := &answer[list[T]]{Body: list[T]{Items: []T{}}}
	if len(found) > p.Limit {
		found = found[:p.Limit]
		out.Body.NextCursor = base64.RawURLEncoding.EncodeToString([]byte(cursorMark + place(found[p.Limit-1])))
	}
	for _, d := range found {
		out.Body.Items = append(out.Body.Items, shape(d))
	}
	return out
}

// each shapes every entry of a slice; never nil, so that JSON has a list.
func each[D, T any](from []D, shape func(D) T) []T {
	out := make([]T, 0, len(from))
	for _, d := range from {
		out = append(out, shape(d))
	}
	return out
}

// when gives an instant for JSON: RFC 3339 in UTC, missing when it is zero.
func when(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
