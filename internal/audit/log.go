package audit

import (
	"context"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// LogTx is what giving entries their places needs of a transaction.
type LogTx interface {
	// LockAuditHead makes every other transaction that wants the head wait for
	// this one, and gives the tree's size and the checkpoint signed over it; an
	// empty log has none.
	LockAuditHead(ctx context.Context) (size int64, checkpoint []byte, err error)
	// PendingAudit gives pending entries in the order in which they are to be
	// placed: by time, then by id.
	PendingAudit(ctx context.Context, limit int) ([]Entry, error)
	// SequenceAudit gives pending entries the places first, first+1, …; it fails
	// when one of them is not pending.
	SequenceAudit(ctx context.Context, first int64, ids []string) error
	// AuditHashes gives stored hashes by their index in tlog's numbering; one
	// that is not there is audit_hash_missing.
	AuditHashes(ctx context.Context, indexes []int64) ([]tlog.Hash, error)
	// SaveAuditHashes stores new hashes from the index first on.
	SaveAuditHashes(ctx context.Context, first int64, hashes []tlog.Hash) error
	// SaveAuditHead replaces the head.
	SaveAuditHead(ctx context.Context, size int64, checkpoint []byte) error
}

// Reader reads the log, best outside transactions: what has a place never
// changes, so only the head has to be read in one statement.
type Reader interface {
	AuditHead(ctx context.Context) (Head, error)
	// AuditEntries gives placed entries from the place from on, in order. Where
	// a stored entry cannot be read it gives those before it, and
	// audit_entry_unreadable with its Seq.
	AuditEntries(ctx context.Context, from int64, limit int) ([]Entry, error)
	// AuditSearch gives the placed entries that f chooses, by their places, and
	// fails as AuditEntries does.
	AuditSearch(ctx context.Context, f Filter) ([]Entry, error)
	// AuditByID gives the entries with these ids by their Seq, so pending ones
	// come first; unknown ids are left out.
	AuditByID(ctx context.Context, ids []string) ([]Entry, error)
	// AuditHashes is LogTx's.
	AuditHashes(ctx context.Context, indexes []int64) ([]tlog.Hash, error)
	// AuditHashRange gives stored hashes from the index first on, up to the
	// first that is missing or is no hash.
	AuditHashRange(ctx context.Context, first, limit int64) ([]tlog.Hash, error)
}

// Head is what a store says about the log, all seen at one moment.
type Head struct {
	Size       int64
	Checkpoint []byte // empty for an empty log
	LastSeq    int64  // the highest place among the entries, -1 without any
	LastHash   int64  // the highest index among the hashes, -1 without any
	Pending    bool   // some entries have no place yet
}

// Log is the audit log of one installation.
type Log struct {
	InTx      func(ctx context.Context, fn func(LogTx) error) error
	Reads     Reader
	Signer    note.Signer    // signs checkpoints; its name is Origin
	Verifiers note.Verifiers // of all keys that ever signed checkpoints
	Origin    string         // the log's name in its checkpoints, as "id.example.com/audit"
}

// page is how many entries are placed in one transaction and verified at a time.
const page = 500

// tree reads hashes for tlog: the known ones from memory, others through read,
// which remembers them.
type tree struct {
	ctx   context.Context // tlog.HashReader has no context; a tree lives within one call
	read  func(ctx context.Context, indexes []int64) ([]tlog.Hash, error)
	known map[int64]tlog.Hash
}

func newTree(ctx context.Context, read func(context.Context, []int64) ([]tlog.Hash, error)) *tree {
	return &tree{ctx: ctx, read: read, known: map[int64]tlog.Hash{}}
}

// ReadHashes implements tlog.HashReader.
func (t *tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var missing []int64
	for _, i := range indexes {
		if _, ok := t.known[i]; !ok {
			missing = append(missing, i)
		}
	}
	if len(missing) > 0 {
		read, err := t.read(t.ctx, missing)
		if err != nil {
			return nil, err
		}
		for k, i := range missing {
			t.known[i] = read[k]
		}
	}
	hashes := make([]tlog.Hash, len(indexes))
	for k, i := range indexes {
		hashes[k] = t.known[i]
	}
	return hashes, nil
}

// checkpoint opens the head's checkpoint, which must be over size entries.
func (l *Log) checkpoint(size int64, signed []byte) (Checkpoint, error) {
	if size == 0 && len(signed) == 0 {
		root, err := tlog.TreeHash(0, nil)
		return Checkpoint{Origin: l.Origin, Root: root}, err
	}
	c, err := OpenCheckpoint(signed, l.Origin, l.Verifiers)
	if err == nil && c.Size != size {
		err = headAltered(size, c.Size)
	}
	return c, err
}
