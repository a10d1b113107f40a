package audit

import (
	"context"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/signoff-id/signoff/internal/fault"
)

// Sequence gives every entry that is pending now its place, and says how many.
// Each batch of entries, their hashes and the new signed checkpoint are one
// commit. It never extends a tree that does not match its checkpoint: then it
// fails with audit_tree_altered, audit_head_altered or OpenCheckpoint's errors,
// and entries stay pending until an operator has looked.
func (l *Log) Sequence(ctx context.Context) (int, error) {
	total := 0
	for {
		head, err := l.Reads.AuditHead(ctx)
		if err != nil || !head.Pending {
			return total, err
		}
		var n int
		err = l.InTx(ctx, func(tx LogTx) (err error) {
			n, err = l.extend(ctx, tx)
			return err
		})
		if err != nil {
			return total, err
		}
		if total += n; n < page {
			return total, nil
		}
	}
}

// extend places one batch.
func (l *Log) extend(ctx context.Context, tx LogTx) (int, error) {
	size, signed, err := tx.LockAuditHead(ctx)
	if err != nil {
		return 0, err
	}
	entries, err := tx.PendingAudit(ctx, page)
	if err != nil || len(entries) == 0 {
		return 0, err
	}
	t := newTree(ctx, tx.AuditHashes)
	if err := l.intact(t, size, signed); err != nil {
		return 0, err
	}
	first := tlog.StoredHashCount(size)
	ids, hashes, err := grow(t, size, entries)
	if err != nil {
		return 0, err
	}
	next := Checkpoint{Origin: l.Origin, Size: size + int64(len(entries))}
	if next.Root, err = tlog.TreeHash(next.Size, t); err != nil {
		return 0, fmt.Errorf("audit: root: %w", err)
	}
	if signed, err = next.Sign(l.Signer); err != nil {
		return 0, err
	}
	if err := tx.SequenceAudit(ctx, size, ids); err != nil {
		return 0, err
	}
	if err := tx.SaveAuditHashes(ctx, first, hashes); err != nil {
		return 0, err
	}
	return len(entries), tx.SaveAuditHead(ctx, next.Size, signed)
}

// intact says whether the right edge of the stored tree is what the checkpoint
// was signed over; it reads as many hashes as the size has binary ones.
func (l *Log) intact(t *tree, size int64, signed []byte) error {
	c, err := l.checkpoint(size, signed)
	if err != nil {
		return err
	}
	root, err := tlog.TreeHash(size, t)
	if err != nil {
		return err
	}
	if root != c.Root {
		return fault.New(fault.Internal, "audit_tree_altered", "size", size)
	}
	return nil
}

// grow adds entries to the tree from the place first on and gives their ids and
// the new hashes in stored order.
func grow(t *tree, first int64, entries []Entry) (ids []string, hashes []tlog.Hash, err error) {
	for i, e := range entries {
		text, err := e.Record()
		if err != nil {
			return nil, nil, err
		}
		seq := first + int64(i)
		added, err := tlog.StoredHashes(seq, text, t)
		if err != nil {
			return nil, nil, fmt.Errorf("audit: hash entry %d: %w", seq, err)
		}
		for k, h := range added {
			t.known[tlog.StoredHashIndex(0, seq)+int64(k)] = h
		}
		ids = append(ids, e.ID)
		hashes = append(hashes, added...)
	}
	return ids, hashes, nil
}

func headAltered(size, signed int64) error {
	return fault.New(fault.Internal, "audit_head_altered", "size", size, "signed", signed)
}
