package sqldb

import (
	"context"
	"database/sql"
	"errors"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
)

// Erase does the whole mapping and writes the receipt, in one transaction. A key
// that has been here before gives the same receipt, grown by what has appeared
// since. Faults: holder_reference_blocks when somebody else's row refers to one
// that must go, holder_successor_unknown when the successor has no place in this
// database, and those of a mapping or a database that is not as it should be.
func (h *Holder) Erase(ctx context.Context, t holder.Task) (holder.Receipt, error) {
	if err := t.Usable(); err != nil {
		return holder.Receipt{}, err
	}
	p, err := h.plan(ctx)
	if err != nil {
		return holder.Receipt{}, err
	}
	if p = p.about(t.Subject); p == nil {
		return holder.Receipt{Items: []holder.Item{}, None: true}, nil
	}
	if err := h.prepare(ctx); err != nil {
		return holder.Receipt{}, h.failure(ctx, err)
	}
	receipt, err := h.transact(ctx, p, t)
	if err != nil {
		return holder.Receipt{}, h.failure(ctx, err)
	}
	h.engine.settle(ctx, h.db)
	return receipt, nil
}

func (h *Holder) transact(ctx context.Context, p *plan, t holder.Task) (holder.Receipt, error) {
	tx, err := h.db.BeginTx(ctx, nil)
	if err != nil {
		return holder.Receipt{}, err
	}
	defer tx.Rollback()
	receipt, err := h.take(ctx, tx, t)
	if err != nil {
		return holder.Receipt{}, err
	}
	for _, s := range p.steps {
		n, err := h.run(ctx, tx, p, s, t)
		if err != nil {
			return holder.Receipt{}, err
		}
		item := s.describe().Item()
		item.Count, item.Until = n, s.period.until(t.At)
		receipt.Add(item)
	}
	receipt = p.inOrder(receipt)
	if err := put(ctx, tx, t.Key, receipt); err != nil {
		return holder.Receipt{}, err
	}
	if err := tx.Commit(); err != nil {
		return holder.Receipt{}, err
	}
	return receipt, h.committed()
}

// run does one step and gives how many rows it found.
func (h *Holder) run(ctx context.Context, tx *sql.Tx, p *plan, s *step, t holder.Task) (int64, error) {
	var q *query
	switch {
	case s.deletes():
		if err := h.guard(ctx, tx, p, s, t.Subject); err != nil {
			return 0, err
		}
		q = h.delete(s, t.Subject)
	case s.reassigned != nil:
		to, err := h.heir(ctx, tx, s, t.Subject)
		if err != nil || to == nil {
			return 0, err
		}
		q = h.change(s, t.Subject, to)
	case len(s.changed()) == 0:
		q = h.count(s, t.Subject) // kept as it is; only below a parent that cuts the link
		var n int64
		err := tx.QueryRowContext(ctx, q.String(), q.args...).Scan(&n)
		return n, err
	default:
		q = h.change(s, t.Subject, nil)
	}
	result, err := tx.ExecContext(ctx, q.String(), q.args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// guard stops before a deletion that would pull along, or empty, a row that is
// not the person's: the database would do so by ON DELETE and count nothing.
func (h *Holder) guard(ctx context.Context, tx *sql.Tx, p *plan, s *step, who holder.Subject) error {
	for _, fk := range p.foreign {
		if fk.to != s.table {
			continue
		}
		q := h.blocked(fk, s, who)
		var one int
		switch err := tx.QueryRowContext(ctx, q.String(), q.args...).Scan(&one); {
		case err == nil:
			return fault.New(fault.Conflict, "holder_reference_blocks", "holder", h.name,
				"table", fk.from.String(), "column", names(fk.columns), "parent", s.table.String())
		case !errors.Is(err, sql.ErrNoRows):
			return err
		}
	}
	return nil
}

// heir gives what the reassigned column gets; nil when the person has no row to
// hand over, so that a missing successor matters only where there is something
// to take over.
func (h *Holder) heir(ctx context.Context, tx *sql.Tx, s *step, who holder.Subject) (func(*query) string, error) {
	var n int64
	q := h.count(s, who)
	if err := tx.QueryRowContext(ctx, q.String(), q.args...).Scan(&n); err != nil || n == 0 {
		return nil, err
	}
	if !s.reassign.successor {
		return h.fixed(s, s.reassign.literal), nil
	}
	if who.Successor != nil {
		if s.reassign.match == "" {
			return h.heirByLink(ctx, tx, s, *who.Successor)
		}
		for _, v := range who.Successor.Key(s.reassign.match) {
			if _, ok := h.engine.value(s.reassigned.kind, v, "$1"); ok {
				return h.fixed(s, v), nil
			}
		}
	}
	return h.otherwise(s)
}

func (h *Holder) fixed(s *step, v string) func(*query) string {
	return func(q *query) string {
		expression, _ := h.engine.value(s.reassigned.kind, v, q.bind(v))
		return expression
	}
}

func (h *Holder) otherwise(s *step) (func(*query) string, error) {
	if s.reassign.fallback == nil {
		return nil, fault.New(fault.Conflict, "holder_successor_unknown", "holder", h.name, "table", s.table.String())
	}
	return h.fixed(s, *s.reassign.fallback), nil
}

// heirByLink hands over to the successor's own row in the parent's table.
func (h *Holder) heirByLink(ctx context.Context, tx *sql.Tx, s *step, successor holder.Subject) (func(*query) string, error) {
	q := h.successorKey(s, successor)
	var key any
	err := tx.QueryRowContext(ctx, q.String(), q.args...).Scan(&key)
	if errors.Is(err, sql.ErrNoRows) || err == nil && key == nil {
		return h.otherwise(s)
	}
	if err != nil {
		return nil, err
	}
	return func(q *query) string { return q.bind(key) }, nil
}
