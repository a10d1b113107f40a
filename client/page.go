package client

import (
	"context"
	"iter"
	"net/url"
	"strconv"
)

// Page asks for one page of a list. The zero Page is the first one, of the
// server's usual size.
type Page struct {
	Limit  int    // 1 to 200; 0 means 50
	Cursor string // NextCursor of the page before
}

func (p Page) query() url.Values {
	q := url.Values{}
	if p.Limit > 0 {
		q.Set("limit", strconv.Itoa(p.Limit))
	}
	if p.Cursor != "" {
		q.Set("cursor", p.Cursor)
	}
	return q
}

// List is one page of a list.
type List[T any] struct {
	Items      []T    `json:"items"`
	NextCursor string `json:"next_cursor"` // "" on the last page
}

// walk gives every entry of a list, fetching pages as they are needed. An error
// comes with the zero entry and ends the walk.
func walk[T any](ctx context.Context, page func(context.Context, Page) (List[T], error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		at := Page{Limit: 200}
		for {
			got, err := page(ctx, at)
			if err != nil {
				var none T
				yield(none, err)
				return
			}
			for _, item := range got.Items {
				if !yield(item, nil) {
					return
				}
			}
			if got.NextCursor == "" {
				return
			}
			at.Cursor = got.NextCursor
		}
	}
}

// list fetches one page.
func list[T any](ctx context.Context, c *Client, path string, q url.Values) (List[T], error) {
	return get[List[T]](ctx, c, path, q)
}

// items fetches a list that has one page only.
func items[T any](ctx context.Context, c *Client, path string) ([]T, error) {
	out, err := list[T](ctx, c, path, nil)
	return out.Items, err
}
