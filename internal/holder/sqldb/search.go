package sqldb

import (
	"context"

	"github.com/signoff-id/signoff/internal/holder"
)

// Count counts the rows of every entry. A row that two entries find is counted
// under both.
func (h *Holder) Count(ctx context.Context, who holder.Subject) ([]holder.Item, error) {
	if err := who.Usable(); err != nil {
		return nil, err
	}
	p, err := h.plan(ctx)
	if err != nil {
		return nil, err
	}
	if p = p.about(who); p == nil {
		return nil, nil
	}
	var items []holder.Item
	for _, s := range p.written {
		item := s.describe().Item()
		if item.Count, err = h.number(ctx, h.count(s, who)); err != nil {
			return nil, err
		}
		items = append(items, item)
	}
	return items, nil
}

// Verify looks in two ways: for rows that an entry's own way still finds, under
// the entry's name, and for the person's account id, e-mail addresses and
// mobile numbers in every column that the mapping blanks or pseudonymises,
// under "table.column". What the second way alone finds is a way to the person
// that the mapping does not know: an operator has to add it.
func (h *Holder) Verify(ctx context.Context, who holder.Subject) (holder.Leftovers, error) {
	found, err := h.Count(ctx, who)
	if err != nil {
		return holder.Leftovers{}, err
	}
	p, err := h.plan(ctx)
	if err != nil {
		return holder.Leftovers{}, err
	}
	if p = p.about(who); p == nil {
		return holder.Leftovers{}, nil
	}
	seen := map[*column]bool{}
	for _, s := range p.written {
		for _, c := range append(append([]*column(nil), s.blank...), s.pseudonymise...) {
			if c.kind != textual || seen[c] {
				continue
			}
			seen[c] = true
			n, err := h.number(ctx, h.mentions(s.table, c, who))
			if err != nil {
				return holder.Leftovers{}, err
			}
			found = append(found, holder.Item{Name: s.table.String() + "." + c.name, Action: s.action, Count: n})
		}
	}
	var left holder.Leftovers
	for _, item := range found {
		if item.Count > 0 {
			left.Items = append(left.Items, item)
		}
	}
	return left, nil
}

func (h *Holder) number(ctx context.Context, q *query) (n int64, err error) {
	err = h.db.QueryRowContext(ctx, q.String(), q.args...).Scan(&n)
	return n, h.failure(ctx, err)
}
