package audittest

import (
	"context"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/signoff-id/signoff/internal/audit"
)

// reader implements audit.Reader beside transactions.
type reader struct{ m *Memory }

func (r reader) AuditHead(context.Context) (audit.Head, error) {
	r.m.mu.Lock()
	defer r.m.mu.Unlock()
	head := audit.Head{Size: r.m.Size, Checkpoint: r.m.Checkpoint, LastSeq: -1, LastHash: -1}
	for _, e := range r.m.Entries {
		head.LastSeq = max(head.LastSeq, e.Seq)
		head.Pending = head.Pending || e.Seq < 0
	}
	for i := range r.m.Hashes {
		head.LastHash = max(head.LastHash, i)
	}
	return head, nil
}

func (r reader) AuditEntries(_ context.Context, from int64, limit int) ([]audit.Entry, error) {
	r.m.mu.Lock()
	defer r.m.mu.Unlock()
	all := r.m.sorted(func(e audit.Entry) bool { return e.Seq >= from })
	return all[:min(limit, len(all))], nil
}

func (r reader) AuditSearch(_ context.Context, f audit.Filter) ([]audit.Entry, error) {
	r.m.mu.Lock()
	defer r.m.mu.Unlock()
	all := r.m.sorted(f.Chooses)
	if f.Newest {
		slices.Reverse(all)
	}
	return all[:min(f.Limit, len(all))], nil
}

func (r reader) AuditByID(_ context.Context, ids []string) ([]audit.Entry, error) {
	r.m.mu.Lock()
	defer r.m.mu.Unlock()
	return r.m.sorted(func(e audit.Entry) bool { return slices.Contains(ids, e.ID) }), nil
}

func (r reader) AuditHashes(ctx context.Context, indexes []int64) ([]tlog.Hash, error) {
	r.m.mu.Lock()
	defer r.m.mu.Unlock()
	return r.m.AuditHashes(ctx, indexes)
}

func (r reader) AuditHashRange(_ context.Context, first, limit int64) ([]tlog.Hash, error) {
	r.m.mu.Lock()
	defer r.m.mu.Unlock()
	var hashes []tlog.Hash
	for i := first; i < first+limit; i++ {
		h, ok := r.m.Hashes[i]
		if !ok {
			break
		}
		hashes = append(hashes, h)
	}
	return hashes, nil
}
