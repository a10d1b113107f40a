package audit

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/signoff-id/signoff/internal/fault"
)

// Report is what Verify found out.
type Report struct {
	Size       int64     `json:"size"`        // entries under the newest checkpoint
	Root       tlog.Hash `json:"root"`        // as computed from the entries, when all were there
	External   int64     `json:"external"`    // size of the older checkpoint that was compared, 0 without one
	FirstWrong int64     `json:"first_wrong"` // the first entry that is not as it was, -1 when all are or none can be named
	LastWrong  int64     `json:"last_wrong"`  // above FirstWrong when only a range can be named: one of it is wrong
}

// Verify computes the whole tree again from the entries and compares it with
// the stored hashes, the head, the checkpoint's signature, and, when external is
// not empty, with an older checkpoint that was kept elsewhere: only that finds a
// log whose tail was cut off or that was rewritten and signed again by somebody
// who has the key. progress may be nil; it is told the entries done and in
// all. Memory does not grow with the log.
//
// What is wrong comes as an error: audit_entry_altered (_missing, _unreadable,
// _unaccounted), audit_entries_altered, audit_hash_altered (_unaccounted),
// audit_head_altered, audit_history_rewritten, audit_tail_missing, or
// OpenCheckpoint's errors. The Report says where.
func (l *Log) Verify(ctx context.Context, external []byte, progress func(done, total int64)) (Report, error) {
	report := Report{FirstWrong: -1, LastWrong: -1}
	old := Checkpoint{}
	var err error
	if len(external) > 0 {
		if old, err = OpenCheckpoint(external, l.Origin, l.Verifiers); err != nil {
			return report, err
		}
	}
	head, err := l.Reads.AuditHead(ctx)
	if err != nil {
		return report, err
	}
	signed, err := l.checkpoint(head.Size, head.Checkpoint)
	if err != nil {
		return report, err
	}
	report.Size, report.External = head.Size, old.Size
	w := &walk{reads: l.Reads, size: head.Size, old: old.Size, first: -1, last: -1}
	if err := w.run(ctx, progress); err != nil {
		report.FirstWrong, report.LastWrong = w.first, w.last
		return report, err
	}
	if report.Root, err = tlog.TreeHash(head.Size, &w.edge); err != nil {
		return report, fmt.Errorf("audit: root: %w", err)
	}
	err = w.judge(report.Root == signed.Root, old)
	if err == nil {
		err = w.beyond(head, old)
	}
	report.FirstWrong, report.LastWrong = w.first, w.last
	return report, err
}

// Finding gives what Verify found wrong with the log, and nil for an error that
// says nothing of it: a checkpoint that cannot be compared, a database that is down.
func Finding(err error) *fault.Error {
	e := fault.Of(err)
	if err == nil || e.Kind != fault.Internal || !strings.HasPrefix(e.Code, "audit_") {
		return nil
	}
	return e
}

// walk computes the tree from the entries, first to last.
type walk struct {
	reads       Reader
	size, old   int64
	edge        edge
	oldRoot     tlog.Hash // of the first old entries
	first, last int64     // the entries under the first stored hash that differs
}

func (w *walk) run(ctx context.Context, progress func(done, total int64)) error {
	for seq := int64(0); seq < w.size; {
		entries, unreadable := w.reads.AuditEntries(ctx, seq, int(min(page, w.size-seq)))
		if unreadable != nil && !fault.Is(unreadable, "audit_entry_unreadable") {
			return unreadable
		}
		at := tlog.StoredHashCount(seq)
		stored, err := w.reads.AuditHashRange(ctx, at, tlog.StoredHashCount(seq+int64(len(entries)))-at)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if e.Seq != seq {
				return w.stop(seq, missing(seq))
			}
			if stored, err = w.add(e, stored); err != nil {
				return err
			}
			seq++
		}
		if unreadable != nil {
			return w.stop(seq, unreadable)
		}
		if len(entries) == 0 {
			return w.stop(seq, missing(seq))
		}
		if progress != nil {
			progress(seq, w.size)
		}
	}
	return nil
}

// add hashes one entry, compares with the stored hashes and gives the rest of
// them.
func (w *walk) add(e Entry, stored []tlog.Hash) ([]tlog.Hash, error) {
	text, err := e.Record()
	if err != nil {
		return nil, w.stop(e.Seq, fault.New(fault.Internal, "audit_entry_unreadable", "seq", e.Seq).Because(err))
	}
	hashes, err := tlog.StoredHashes(e.Seq, text, &w.edge)
	if err != nil {
		return nil, fmt.Errorf("audit: hash entry %d: %w", e.Seq, err)
	}
	w.edge.add(hashes)
	for level, h := range hashes {
		if w.first >= 0 {
			break
		}
		if len(stored) <= level || stored[level] != h {
			// The hash at this level covers 2^level entries, of which e is the last.
			w.first, w.last = e.Seq+1-int64(1)<<level, e.Seq
		}
	}
	if e.Seq+1 == w.old {
		if w.oldRoot, err = tlog.TreeHash(w.old, &w.edge); err != nil {
			return nil, fmt.Errorf("audit: root: %w", err)
		}
	}
	return stored[min(len(hashes), len(stored)):], nil
}

// stop ends the walk at an entry without which nothing further can be computed,
// unless something was wrong before it.
func (w *walk) stop(seq int64, why error) error {
	if w.first >= 0 {
		return w.altered()
	}
	w.first, w.last = seq, seq
	return why
}

// altered names the first entries whose content no longer gives their hashes.
func (w *walk) altered() error {
	if w.first == w.last {
		return fault.New(fault.Internal, "audit_entry_altered", "seq", w.first)
	}
	return fault.New(fault.Internal, "audit_entries_altered", "seq", w.first, "last", w.last)
}

// judge compares the finished walk with the signatures.
func (w *walk) judge(rootHolds bool, old Checkpoint) error {
	compared := old.Size > 0 && old.Size <= w.size
	oldHolds := compared && w.oldRoot == old.Root
	switch {
	case w.first >= 0 && rootHolds: // so the entries are as they were signed
		return fault.New(fault.Internal, "audit_hash_altered", "seq", w.last)
	case w.first >= 0:
		return w.altered()
	case compared && !oldHolds:
		return w.rewritten(0, old.Size-1)
	case !rootHolds && oldHolds:
		return w.rewritten(old.Size, w.size-1)
	case !rootHolds:
		return w.rewritten(0, w.size-1)
	}
	return nil
}

// beyond looks for what is past the head, or was.
func (w *walk) beyond(head Head, old Checkpoint) error {
	switch {
	case old.Size > w.size:
		w.first, w.last = w.size, old.Size-1
		return fault.New(fault.Internal, "audit_tail_missing", "seq", w.first, "last", w.last)
	case head.LastSeq >= w.size:
		w.first, w.last = w.size, head.LastSeq
		return fault.New(fault.Internal, "audit_entry_unaccounted", "seq", w.last, "size", w.size)
	case head.LastHash >= tlog.StoredHashCount(w.size):
		return fault.New(fault.Internal, "audit_hash_unaccounted", "index", head.LastHash, "size", w.size)
	}
	return nil
}

func missing(seq int64) error {
	return fault.New(fault.Internal, "audit_entry_missing", "seq", seq)
}

// rewritten: entries and hashes agree, but not with a signature. Where is all
// that can be told.
func (w *walk) rewritten(first, last int64) error {
	w.first, w.last = first, last
	return fault.New(fault.Internal, "audit_history_rewritten", "seq", first, "last", last)
}

// edge holds the newest complete left subtree of every level: all that a tree
// needs in order to grow (tlog.StoredHashes) and to give its root.
type edge [64]tlog.Hash

// add takes the hashes that an entry added, from the leaf upwards: all but the
// last are right subtrees.
func (e *edge) add(hashes []tlog.Hash) { e[len(hashes)-1] = hashes[len(hashes)-1] }

// ReadHashes implements tlog.HashReader for the indexes of the edge.
func (e *edge) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		level, _ := tlog.SplitStoredHashIndex(index)
		if level >= len(e) {
			return nil, errors.New("audit: no such level")
		}
		hashes[i] = e[level]
	}
	return hashes, nil
}
