package visit

import (
	"net/url"
	"strings"

	"github.com/signoff-id/signoff/internal/web/ui"
)

// Plain says whether a text can be an id: others never reach the database.
func Plain(id string) bool {
	return id != "" && len(id) <= 64 && strings.Trim(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_:.") == ""
}

// After is where a list goes on, "" for its start.
func (v *Visit) After() string {
	if at := v.Query("after"); Plain(at) {
		return at
	}
	return ""
}

// Cut makes a page of size entries of what was found for one more; next says
// where the next page begins, "" at the end.
func Cut[T any](found []T, size int, id func(T) string) (page []T, next string) {
	if len(found) <= size {
		return found, ""
	}
	return found[:size], id(found[size-1])
}

// Paging leads through a list at path, with its own parameters, whose next page
// begins at next.
func (v *Visit) Paging(next, path string, pairs ...string) (to ui.Paging) {
	if v.After() != "" {
		to.First = Address(path, pairs...)
	}
	if next != "" {
		to.Next = Address(path, append(pairs, "after", next)...)
	}
	return to
}

// Address is a page with parameters; empty ones are left out.
func Address(path string, pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}
