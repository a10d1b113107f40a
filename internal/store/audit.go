package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
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

// AuditHashes implements audit.LogTx.
func (t *Tx) AuditHashes(ctx context.Context, indexes []int64) ([]tlog.Hash, error) {
	return auditHashes(ctx, t.tx, indexes)
}

// AuditReads reads the audit log outside transactions; it implements
// audit.Reader.
type AuditReads struct{ q querier }

// AuditReads gives the reader of this database's audit log.
func (db *DB) AuditReads() AuditReads { return AuditReads{db.Read} }

// AuditHead implements audit.Reader.
func (r AuditReads) AuditHead(ctx context.Context) (audit.Head, error) {
	heads, err := list(ctx, r.q, auditHead, `SELECT size, checkpoint,
		(SELECT COALESCE(MAX(seq), -1) FROM audit_entries),
		(SELECT COALESCE(MAX(idx), -1) FROM audit_hashes),
		EXISTS (SELECT 1 FROM audit_entries WHERE seq IS NULL)
		FROM audit_head WHERE id = 1`)
	if err == nil && len(heads) == 0 {
		err = fault.New(fault.Internal, "audit_head_missing")
	}
	if err != nil {
		return audit.Head{}, err
	}
	return heads[0], nil
}

// AuditEntries implements audit.Reader.
func (r AuditReads) AuditEntries(ctx context.Context, from int64, limit int) ([]audit.Entry, error) {
	var good []audit.Entry
	_, err := list(ctx, r.q, func(scan func(...any) error) (struct{}, error) {
		e, err := auditEntry(scan)
		if err != nil && ctx.Err() == nil {
			return struct{}{}, fault.New(fault.Internal, "audit_entry_unreadable", "seq", e.Seq).Because(err)
		}
		good = append(good, e)
		return struct{}{}, ctx.Err()
	}, auditSelect+` WHERE seq >= $1 ORDER BY seq LIMIT $2`, from, limit)
	return good, err
}

// AuditByID implements audit.Reader.
func (r AuditReads) AuditByID(ctx context.Context, ids []string) ([]audit.Entry, error) {
	var all []audit.Entry
	for chunk := range slices.Chunk(ids, auditRows) {
		args := make([]any, len(chunk))
		for i, id := range chunk {
			args[i] = id
		}
		some, err := list(ctx, r.q, auditEntry, auditSelect+` WHERE id IN (`+tuples(len(chunk), "$%d")+`)`, args...)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// AuditHashes implements audit.Reader.
func (r AuditReads) AuditHashes(ctx context.Context, indexes []int64) ([]tlog.Hash, error) {
	return auditHashes(ctx, r.q, indexes)
}

// AuditHashRange implements audit.Reader.
func (r AuditReads) AuditHashRange(ctx context.Context, first, limit int64) ([]tlog.Hash, error) {
	stored, err := list(ctx, r.q, auditHash,
		`SELECT idx, hash FROM audit_hashes WHERE idx >= $1 ORDER BY idx LIMIT $2`, first, limit)
	if err != nil {
		return nil, err
	}
	hashes := make([]tlog.Hash, 0, len(stored))
	for _, s := range stored {
		if s.idx != first+int64(len(hashes)) || len(s.hash) != tlog.HashSize {
			break
		}
		hashes = append(hashes, tlog.Hash(s.hash))
	}
	return hashes, nil
}

// auditHashes reads hashes in the order of indexes.
func auditHashes(ctx context.Context, q querier, indexes []int64) ([]tlog.Hash, error) {
	found := make(map[int64]tlog.Hash, len(indexes))
	for chunk := range slices.Chunk(indexes, auditRows) {
		args := make([]any, len(chunk))
		for i, idx := range chunk {
			args[i] = idx
		}
		some, err := list(ctx, q, auditHash,
			`SELECT idx, hash FROM audit_hashes WHERE idx IN (`+tuples(len(chunk), "$%d")+`)`, args...)
		if err != nil {
			return nil, err
		}
		for _, s := range some {
			if len(s.hash) == tlog.HashSize {
				found[s.idx] = tlog.Hash(s.hash)
			}
		}
	}
	hashes := make([]tlog.Hash, len(indexes))
	for i, idx := range indexes {
		h, ok := found[idx]
		if !ok {
			return nil, fault.New(fault.Internal, "audit_hash_missing", "index", idx)
		}
		hashes[i] = h
	}
	return hashes, nil
}

const auditSelect = `SELECT id, seq, at, actor_kind, actor_id, action, organisation, account, object, data FROM audit_entries`

// auditEntry reads a row of auditSelect; on an error the entry's Seq is still
// right when it could be read.
func auditEntry(scan func(...any) error) (audit.Entry, error) {
	var e audit.Entry
	var seq sql.NullInt64
	var at int64
	var data string
	err := scan(&e.ID, &seq, &at, &e.Actor.Kind, &e.Actor.ID, &e.Action, &e.Organisation, &e.Account, &e.Object, &data)
	if e.Seq = audit.Pending; seq.Valid {
		e.Seq = seq.Int64
	}
	if err != nil {
		return e, err
	}
	e.At = instant(at)
	e.Data, err = audit.DecodeData(data)
	return e, err
}

type storedHash struct {
	idx  int64
	hash []byte
}

func auditHash(scan func(...any) error) (storedHash, error) {
	var s storedHash
	err := scan(&s.idx, &s.hash)
	return s, err
}

func auditHead(scan func(...any) error) (audit.Head, error) {
	var h audit.Head
	err := scan(&h.Size, &h.Checkpoint, &h.LastSeq, &h.LastHash, &h.Pending)
	return h, err
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
