package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/signoff-id/signoff/internal/audit"
)

// auditRows bounds the rows of one statement, whose parameters both engines
// bound too.
const auditRows = 500

// AppendAudit implements audit.Tx.
func (t *Tx) AppendAudit(ctx context.Context, e audit.Entry) error {
	if err := e.Check(); err != nil {
		return err
	}
	data, err := audit.EncodeData(e.Data)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO audit_entries
		(id, at, actor_kind, actor_id, action, organisation, account, object, data)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		e.ID, micro(e.At), e.Actor.Kind, e.Actor.ID, e.Action, e.Organisation, e.Account, e.Object, data)
	return err
}

// LockAuditHead implements audit.LogTx: an update takes the row's lock on both
// engines.
func (t *Tx) LockAuditHead(ctx context.Context) (size int64, checkpoint []byte, err error) {
	err = t.tx.QueryRowContext(ctx, `UPDATE audit_head SET size = size WHERE id = 1 RETURNING size, checkpoint`).
		Scan(&size, &checkpoint)
	return size, checkpoint, err
}

// PendingAudit implements audit.LogTx.
func (t *Tx) PendingAudit(ctx context.Context, limit int) ([]audit.Entry, error) {
	return list(ctx, t.tx, auditEntry, auditSelect+` WHERE seq IS NULL ORDER BY at, id LIMIT $1`, limit)
}

// SequenceAudit implements audit.LogTx.
func (t *Tx) SequenceAudit(ctx context.Context, first int64, ids []string) error {
	for chunk := range slices.Chunk(ids, auditRows) {
		args := make([]any, 0, 2*len(chunk))
		for _, id := range chunk {
			args = append(args, id, first)
			first++
		}
		// Both engines name the columns of VALUES column1, column2.
		n, err := t.exec(ctx, `UPDATE audit_entries SET seq = place.column2
			FROM (VALUES `+tuples(len(chunk), "(CAST($%d AS TEXT), CAST($%d AS BIGINT))")+`) AS place
			WHERE audit_entries.id = place.column1 AND audit_entries.seq IS NULL`, args...)
		if err != nil {
			return err
		}
		if n != int64(len(chunk)) {
			return fmt.Errorf("store: %d of %d audit entries were pending", n, len(chunk))
		}
	}
	return nil
}

// SaveAuditHashes implements audit.LogTx.
func (t *Tx) SaveAuditHashes(ctx context.Context, first int64, hashes []tlog.Hash) error {
	for chunk := range slices.Chunk(hashes, auditRows) {
		args := make([]any, 0, 2*len(chunk))
		for _, h := range chunk {
			args = append(args, first, h[:])
			first++
		}
		if _, err := t.exec(ctx, `INSERT INTO audit_hashes (idx, hash) VALUES `+
			tuples(len(chunk), "($%d, $%d)"), args...); err != nil {
			return err
		}
	}
	return nil
}

// SaveAuditHead implements audit.LogTx.
func (t *Tx) SaveAuditHead(ctx context.Context, size int64, checkpoint []byte) error {
	_, err := t.exec(ctx, `UPDATE audit_head SET size = $1, checkpoint = $2 WHERE id = 1`, size, string(checkpoint))
	return err
}

// AuditHashes implements audit.LogTx and audit.Reader.
func (t *Tx) AuditHashes(ctx context.Context, indexes []int64) ([]tlog.Hash, error) {
	return AuditReads{t.tx}.AuditHashes(ctx, indexes)
}

// AuditHead implements audit.Reader inside a transaction.
func (t *Tx) AuditHead(ctx context.Context) (audit.Head, error) {
	return AuditReads{t.tx}.AuditHead(ctx)
}

// AuditEntries implements audit.Reader inside a transaction.
func (t *Tx) AuditEntries(ctx context.Context, from int64, limit int) ([]audit.Entry, error) {
	return AuditReads{t.tx}.AuditEntries(ctx, from, limit)
}

// AuditSearch implements audit.Reader inside a transaction.
func (t *Tx) AuditSearch(ctx context.Context, f audit.Filter) ([]audit.Entry, error) {
	return AuditReads{t.tx}.AuditSearch(ctx, f)
}

// AuditByID implements audit.Reader inside a transaction.
func (t *Tx) AuditByID(ctx context.Context, ids []string) ([]audit.Entry, error) {
	return AuditReads{t.tx}.AuditByID(ctx, ids)
}

// AuditHashRange implements audit.Reader inside a transaction.
func (t *Tx) AuditHashRange(ctx context.Context, first, limit int64) ([]tlog.Hash, error) {
	return AuditReads{t.tx}.AuditHashRange(ctx, first, limit)
}

// tuples writes n tuples of placeholders, numbered from $1, joined by commas.
// Every %d of one takes the next number.
func tuples(n int, one string) string {
	each := strings.Count(one, "%d")
	var b strings.Builder
	next := 1
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		numbers := make([]any, each)
		for k := range numbers {
			numbers[k] = next
			next++
		}
		fmt.Fprintf(&b, one, numbers...)
	}
	return b.String()
}
