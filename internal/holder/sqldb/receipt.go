package sqldb

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
)

// receiptTable is made in the holder's database where it is missing. An
// operator who does not let Signoff make tables makes it beforehand.
const receiptTable = `CREATE TABLE IF NOT EXISTS signoff_receipts (
    key     TEXT PRIMARY KEY,
    receipt TEXT NOT NULL,
    at      BIGINT NOT NULL
)`

// prepare makes the table of receipts in a commit of its own: two that make it
// inside their transactions would wait for each other's whole erasure, and one
// would fail.
func (h *Holder) prepare(ctx context.Context) error {
	if _, err := h.db.ExecContext(ctx, `SELECT 1 FROM signoff_receipts WHERE key = ''`); err == nil {
		return nil
	}
	if _, err := h.db.ExecContext(ctx, receiptTable); err != nil {
		// Somebody else may have made it in the same moment.
		if _, again := h.db.ExecContext(ctx, `SELECT 1 FROM signoff_receipts WHERE key = ''`); again != nil {
			return err
		}
	}
	return nil
}

// take gives the receipt of a key's earlier tries, and keeps any other try with
// this key waiting until tx ends.
func (h *Holder) take(ctx context.Context, tx *sql.Tx, t holder.Task) (holder.Receipt, error) {
	if _, err := tx.ExecContext(ctx, `INSERT INTO signoff_receipts (key, receipt, at) VALUES ($1, '{"items":[]}', $2) ON CONFLICT (key) DO NOTHING`,
		t.Key, t.At.UnixMicro()); err != nil {
		return holder.Receipt{}, err
	}
	var text string
	if err := tx.QueryRowContext(ctx, `SELECT receipt FROM signoff_receipts WHERE key = $1`+h.engine.locked(), t.Key).Scan(&text); err != nil {
		return holder.Receipt{}, err
	}
	var r holder.Receipt
	if json.Unmarshal([]byte(text), &r) != nil {
		return r, fault.New(fault.Internal, "holder_receipt_damaged", "holder", h.name)
	}
	return r, nil
}

func put(ctx context.Context, tx *sql.Tx, key string, r holder.Receipt) error {
	text, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE signoff_receipts SET receipt = $1 WHERE key = $2`, string(text), key)
	return err
}

// inOrder gives the receipt's items in the mapping's order; what the mapping
// has lost since comes last.
func (p *plan) inOrder(r holder.Receipt) holder.Receipt {
	place := func(i holder.Item) int {
		n := slices.IndexFunc(p.written, func(s *step) bool { return s.name == i.Name })
		if n < 0 {
			n = len(p.written)
		}
		return n
	}
	slices.SortStableFunc(r.Items, func(a, b holder.Item) int { return place(a) - place(b) })
	return r
}
