package store

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// batchTexts keeps the texts of statements of a batch's usual sizes: writing one out
// costs more than a row of it.
var batchTexts sync.Map // of batchText to string

type batchText struct {
	query string
	n     int
}

// insertMany runs a statement for many rows at once. The query has {rows} where
// the tuples go; one is a tuple's placeholders, every %d of it the next number.
func (t *Tx) insertMany(ctx context.Context, query, one string, rows [][]any) (int64, error) {
	if len(rows) == 0 {
		return 0, nil
	}
	var total int64
	full := max(1, t.db.BatchParameters/len(rows[0]))
	for chunk := range slices.Chunk(rows, full) {
		args := make([]any, 0, len(chunk)*len(chunk[0]))
		for _, r := range chunk {
			args = append(args, r...)
		}
		res, err := t.many(ctx, batched(query, one, len(chunk), len(chunk) == full), len(chunk) == full, args)
		if err != nil {
			return total, err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return total, err
		}
		total += n
	}
	return total, nil
}

// many runs a statement, prepared for the rest of the transaction where it will
// be needed again and the driver does not do so by itself.
func (t *Tx) many(ctx context.Context, query string, again bool, args []any) (sql.Result, error) {
	if !again || t.db.DriverPrepares {
		return t.tx.ExecContext(ctx, query, args...)
	}
	s, ok := t.prepared[query]
	if !ok {
		var err error
		if s, err = t.tx.PrepareContext(ctx, query); err != nil {
			return nil, err
		}
		if t.prepared == nil {
			t.prepared = map[string]*sql.Stmt{}
		}
		t.prepared[query] = s
	}
	return s.ExecContext(ctx, args...)
}

func batched(query, one string, n int, keep bool) string {
	k := batchText{query + one, n}
	if s, ok := batchTexts.Load(k); ok {
		return s.(string)
	}
	s := strings.Replace(query, "{rows}", tuples(n, one), 1)
	if keep {
		batchTexts.Store(k, s)
	}
	return s
}

// selectMany gives the rows of a query that has {rows} where the values to look
// for go, after the parameters that come first.
func selectMany[T any](ctx context.Context, t *Tx, one func(scan func(...any) error) (T, error), query string, first, values []any) ([]T, error) {
	var all []T
	for chunk := range slices.Chunk(values, t.db.BatchParameters) {
		var b strings.Builder
		for i := range chunk {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(len(first) + i + 1))
		}
		found, err := list(ctx, t.tx, one, strings.Replace(query, "{rows}", b.String(), 1), append(slices.Clone(first), chunk...)...)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}
