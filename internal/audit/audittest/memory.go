// Package audittest keeps an audit log in memory, for the tests of rooms that
// append to one or prove something by one.
package audittest

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/keys"
)

// Memory implements audit.Tx, audit.LogTx and audit.Reader. Its fields are what
// a database would hold: tests may tamper with them.
type Memory struct {
	mu         sync.Mutex
	Entries    map[string]audit.Entry
	Hashes     map[int64]tlog.Hash
	Size       int64
	Checkpoint []byte
}

// Log gives an empty log over a new Memory, signed with the keys of ring.
func Log(ring *keys.Ring, origin string) (*audit.Log, *Memory, error) {
	signer, err := ring.NoteSigner(origin)
	if err != nil {
		return nil, nil, err
	}
	verifiers, err := keys.NoteVerifiers(origin, ring.JWKS())
	if err != nil {
		return nil, nil, err
	}
	m := &Memory{Entries: map[string]audit.Entry{}, Hashes: map[int64]tlog.Hash{}}
	return &audit.Log{InTx: m.inTx, Reads: reader{m}, Signer: signer, Verifiers: verifiers, Origin: origin}, m, nil
}

// inTx runs fn alone, and undoes what it did when it fails.
func (m *Memory) inTx(_ context.Context, fn func(audit.LogTx) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	before := Memory{Entries: maps.Clone(m.Entries), Hashes: maps.Clone(m.Hashes), Size: m.Size, Checkpoint: m.Checkpoint}
	err := fn(m)
	if err != nil {
		m.Entries, m.Hashes, m.Size, m.Checkpoint = before.Entries, before.Hashes, before.Size, before.Checkpoint
	}
	return err
}

// AppendAudit implements audit.Tx; it is a transaction of its own.
func (m *Memory) AppendAudit(_ context.Context, e audit.Entry) error {
	if err := e.Check(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.Entries[e.ID]; ok {
		return fmt.Errorf("audittest: %s is there", e.ID)
	}
	e.Seq = audit.Pending
	m.Entries[e.ID] = e
	return nil
}

// LockAuditHead implements audit.LogTx.
func (m *Memory) LockAuditHead(context.Context) (int64, []byte, error) {
	return m.Size, m.Checkpoint, nil
}

// PendingAudit implements audit.LogTx.
func (m *Memory) PendingAudit(_ context.Context, limit int) ([]audit.Entry, error) {
	all := m.sorted(func(e audit.Entry) bool { return e.Seq < 0 })
	return all[:min(limit, len(all))], nil
}

// SequenceAudit implements audit.LogTx.
func (m *Memory) SequenceAudit(_ context.Context, first int64, ids []string) error {
	for _, id := range ids {
		e, ok := m.Entries[id]
		if !ok || e.Seq >= 0 {
			return fmt.Errorf("audittest: %s is not pending", id)
		}
		e.Seq = first
		m.Entries[id] = e
		first++
	}
	return nil
}

// SaveAuditHashes implements audit.LogTx.
func (m *Memory) SaveAuditHashes(_ context.Context, first int64, hashes []tlog.Hash) error {
	for i, h := range hashes {
		m.Hashes[first+int64(i)] = h
	}
	return nil
}

// SaveAuditHead implements audit.LogTx.
func (m *Memory) SaveAuditHead(_ context.Context, size int64, checkpoint []byte) error {
	m.Size, m.Checkpoint = size, checkpoint
	return nil
}

// AuditHashes implements audit.LogTx.
func (m *Memory) AuditHashes(_ context.Context, indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		h, ok := m.Hashes[index]
		if !ok {
			return nil, fault.New(fault.Internal, "audit_hash_missing", "index", index)
		}
		hashes[i] = h
	}
	return hashes, nil
}

func (m *Memory) sorted(keep func(audit.Entry) bool) []audit.Entry {
	var all []audit.Entry
	for _, e := range m.Entries {
		if keep(e) {
			all = append(all, e)
		}
	}
	slices.SortFunc(all, func(a, b audit.Entry) int {
		return cmp.Or(cmp.Compare(a.Seq, b.Seq), a.At.Compare(b.At), cmp.Compare(a.ID, b.ID))
	})
	return all
}
