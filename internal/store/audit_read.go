package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
)

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
	return r.readable(ctx, ` WHERE seq >= $1 ORDER BY seq LIMIT $2`, from, limit)
}

// readable gives the entries that a query finds, up to the first that cannot be
// read, which is audit_entry_unreadable.
func (r AuditReads) readable(ctx context.Context, where string, args ...any) ([]audit.Entry, error) {
	var good []audit.Entry
	_, err := list(ctx, r.q, func(scan func(...any) error) (struct{}, error) {
		e, err := auditEntry(scan)
		if err != nil && ctx.Err() == nil {
			return struct{}{}, fault.New(fault.Internal, "audit_entry_unreadable", "seq", e.Seq).Because(err)
		}
		good = append(good, e)
		return struct{}{}, ctx.Err()
	}, auditSelect+where, args...)
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
	slices.SortFunc(all, func(a, b audit.Entry) int { return cmp.Compare(a.Seq, b.Seq) })
	return all, nil
}

// AuditHashes implements audit.Reader; the answer has the order of indexes.
func (r AuditReads) AuditHashes(ctx context.Context, indexes []int64) ([]tlog.Hash, error) {
	found := make(map[int64]tlog.Hash, len(indexes))
	for chunk := range slices.Chunk(indexes, auditRows) {
		args := make([]any, len(chunk))
		for i, idx := range chunk {
			args[i] = idx
		}
		some, err := list(ctx, r.q, auditHash,
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
