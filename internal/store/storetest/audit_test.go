package storetest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/keys"
	"github.com/signoff-id/signoff/internal/store"
)

var (
	_ audit.Tx     = (*store.Tx)(nil)
	_ audit.LogTx  = (*store.Tx)(nil)
	_ audit.Reader = (*store.Tx)(nil)
	_ audit.Reader = store.AuditReads{}
)

func auditLog(t *testing.T, db *store.DB) *audit.Log {
	t.Helper()
	const origin = "id.example.com/audit"
	ring, err := keys.Generate(rand.Reader, day)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ring.NoteSigner(origin)
	if err != nil {
		t.Fatal(err)
	}
	verifiers, err := keys.NoteVerifiers(origin, ring.JWKS())
	if err != nil {
		t.Fatal(err)
	}
	return &audit.Log{InTx: store.InTx(db, func(tx *store.Tx) audit.LogTx { return tx }), Reads: db.AuditReads(),
		Signer: signer, Verifiers: verifiers, Origin: origin}
}

func happening(i int) audit.Entry {
	return audit.Entry{
		ID: fmt.Sprintf("e%06d", i), At: day.Add(time.Duration(i)*time.Second + 123456*time.Microsecond),
		Actor: audit.Actor{Kind: audit.KindAdmin, ID: "boss"}, Action: "member.removed", Organisation: "o1",
		Account: "a1", Object: "c1", Data: map[string]string{"reason": "<left> & \"gone\" 离职", "code": ""}, Seq: audit.Pending,
	}
}

func appendEntries(t *testing.T, db *store.DB, from, to int) {
	t.Helper()
	update(t, db, func(tx *store.Tx) error {
		for i := from; i < to; i++ {
			if err := tx.AppendAudit(t.Context(), happening(i)); err != nil {
				return err
			}
		}
		return nil
	})
}

func sequence(t *testing.T, log *audit.Log, want int) {
	t.Helper()
	if n, err := log.Sequence(t.Context()); n != want || err != nil {
		t.Fatalf("placed %d, not %d: %v", n, want, err)
	}
}

func raw(t *testing.T, db *store.DB, query string, args ...any) {
	t.Helper()
	if _, err := db.Write.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

func TestAnAuditEntryComesBackAsItWentIn(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		log := auditLog(t, db)
		plain := audit.Entry{ID: "plain", At: day, Actor: audit.System(), Action: "key.rotated", Seq: audit.Pending}
		update(t, db, func(tx *store.Tx) error {
			return errors.Join(tx.AppendAudit(t.Context(), happening(7)), tx.AppendAudit(t.Context(), plain))
		})
		before, err := db.AuditReads().AuditByID(t.Context(), []string{"plain", "e000007", "nobody"})
		if err != nil || len(before) != 2 || before[0].Seq != audit.Pending {
			t.Fatalf("%+v, %v", before, err)
		}
		sequence(t, log, 2)
		plain.Seq = 0
		other := happening(7)
		other.Seq = 1
		got, err := db.AuditReads().AuditEntries(t.Context(), 0, 10)
		if err != nil || !reflect.DeepEqual(got, []audit.Entry{plain, other}) {
			t.Fatalf("%+v, %v", got, err)
		}
		if err := db.Update(t.Context(), func(tx *store.Tx) error { return tx.AppendAudit(t.Context(), plain) }); !db.Duplicate(err) {
			t.Errorf("the same id again: %v", err)
		}
		plain.Action = "Key Rotated"
		if err := db.Update(t.Context(), func(tx *store.Tx) error { return tx.AppendAudit(t.Context(), plain) }); !fault.Is(err, "audit_entry_malformed") {
			t.Errorf("a malformed one: %v", err)
		}
	})
}

func TestSequencingGoesBeyondOneStatement(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		log := auditLog(t, db)
		appendEntries(t, db, 0, 1201)
		sequence(t, log, 1201)
		sequence(t, log, 0)
		report, err := log.Verify(t.Context(), nil, nil)
		if err != nil || report.Size != 1201 {
			t.Fatalf("%+v, %v", report, err)
		}
		ids := make([]string, 0, 1100)
		for i := range 1100 {
			ids = append(ids, happening(i).ID)
		}
		var evidence audit.Evidence
		err = db.View(t.Context(), func(tx *store.Tx) (err error) {
			evidence, err = log.Evidence(t.Context(), tx, ids)
			return err
		})
		if err != nil || len(evidence.Proofs) != 1100 || evidence.Proofs[1099].Seq != 1099 {
			t.Fatalf("%d proofs, %v", len(evidence.Proofs), err)
		}
	})
}

// Business transactions, some of which roll back, beside several sequencers.
func TestConcurrentAppendsLoseNothingAndLeaveNoGap(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		log := auditLog(t, db)
		const writers, each = 6, 40
		var placed atomic.Int64
		var writing, sequencing sync.WaitGroup
		ctx, done := context.WithCancel(t.Context())
		for range 3 {
			sequencing.Go(func() {
				for ctx.Err() == nil {
					n, err := log.Sequence(t.Context())
					placed.Add(int64(n))
					if err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		undone := errors.New("undone")
		for w := range writers {
			writing.Go(func() {
				for i := range each {
					err := db.Update(t.Context(), func(tx *store.Tx) error {
						if err := tx.AppendAudit(t.Context(), happening(w*each+i)); err != nil {
							return err
						}
						if i%4 == 3 {
							return undone
						}
						return nil
					})
					if err != nil && !errors.Is(err, undone) {
						t.Error(err)
					}
				}
			})
		}
		writing.Wait()
		done()
		sequencing.Wait()
		n, err := log.Sequence(t.Context())
		placed.Add(int64(n))
		const want = writers * each * 3 / 4
		if err != nil || placed.Load() != want {
			t.Fatalf("placed %d of %d: %v", placed.Load(), want, err)
		}
		entries, err := db.AuditReads().AuditEntries(t.Context(), 0, 2*want)
		if err != nil || len(entries) != want {
			t.Fatalf("%d entries, %v", len(entries), err)
		}
		seen := map[string]bool{}
		for i, e := range entries {
			if e.Seq != int64(i) || seen[e.ID] {
				t.Fatalf("%s stands at %d as %d", e.ID, i, e.Seq)
			}
			seen[e.ID] = true
		}
		if report, err := log.Verify(t.Context(), nil, nil); err != nil || report.Size != want {
			t.Fatalf("%+v, %v", report, err)
		}
	})
}

// Every column of every kind of row, changed behind Signoff's back.
func TestAChangedRowIsFound(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		log := auditLog(t, db)
		appendEntries(t, db, 0, 13)
		sequence(t, log, 13)
		head, err := db.AuditReads().AuditHead(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		found := func(what, code string, seq int64) {
			t.Helper()
			report, err := log.Verify(t.Context(), nil, nil)
			if !fault.Is(err, code) || report.FirstWrong != seq {
				t.Errorf("%s: %+v, %v; want %s at %d", what, report, err, code, seq)
			}
		}
		for _, column := range []string{"id", "actor_kind", "actor_id", "action", "organisation", "account", "object"} {
			raw(t, db, `UPDATE audit_entries SET `+column+` = `+column+` || 'x' WHERE seq = 6`)
			found(column, "audit_entry_altered", 6)
			raw(t, db, `UPDATE audit_entries SET `+column+` = substr(`+column+`, 1, length(`+column+`) - 1) WHERE seq = 6`)
		}
		raw(t, db, `UPDATE audit_entries SET at = at + 1 WHERE seq = 6`)
		found("at", "audit_entry_altered", 6)
		raw(t, db, `UPDATE audit_entries SET at = at - 1 WHERE seq = 6`)
		text, err := audit.EncodeData(happening(0).Data)
		if err != nil {
			t.Fatal(err)
		}
		for i := range text {
			// One byte at a time; spaces would change nothing in plain JSON.
			raw(t, db, `UPDATE audit_entries SET data = $1 WHERE seq = 6`, text[:i]+" "+text[i:])
			if report, err := log.Verify(t.Context(), nil, nil); err == nil || report.FirstWrong != 6 {
				t.Errorf("data, byte %d: %+v, %v", i, report, err)
			}
		}
		raw(t, db, `UPDATE audit_entries SET data = $1 WHERE seq = 6`, text)

		for index := range tlog.StoredHashCount(13) {
			hash, err := db.AuditReads().AuditHashes(t.Context(), []int64{index})
			if err != nil {
				t.Fatal(err)
			}
			level, n := tlog.SplitStoredHashIndex(index)
			altered := hash[0]
			altered[index%32] ^= 1
			for _, wrong := range [][]byte{altered[:], altered[:31], {}} {
				raw(t, db, `UPDATE audit_hashes SET hash = $1 WHERE idx = $2`, wrong, index)
				found(fmt.Sprintf("hash %d", index), "audit_hash_altered", n<<level)
			}
			raw(t, db, `UPDATE audit_hashes SET hash = $1 WHERE idx = $2`, hash[0][:], index)
		}

		for i := range head.Checkpoint {
			altered := append([]byte(nil), head.Checkpoint...)
			if altered[i] ^= 1; altered[i] == 0 || altered[i] >= 0x80 {
				continue // PostgreSQL's own check for UTF-8 refuses it
			}
			raw(t, db, `UPDATE audit_head SET checkpoint = $1`, string(altered))
			if _, err := log.Verify(t.Context(), nil, nil); err == nil {
				t.Errorf("checkpoint, byte %d", i)
			}
		}
		raw(t, db, `UPDATE audit_head SET checkpoint = $1, size = 12`, string(head.Checkpoint))
		found("size", "audit_head_altered", -1)
		raw(t, db, `UPDATE audit_head SET size = 13`)

		raw(t, db, `UPDATE audit_entries SET seq = 20 WHERE seq = 4`)
		found("moved", "audit_entry_missing", 4)
		raw(t, db, `UPDATE audit_entries SET seq = 4 WHERE seq = 20`)
		if report, err := log.Verify(t.Context(), nil, nil); err != nil || report.Size != 13 {
			t.Fatalf("put back as it was: %+v, %v", report, err)
		}
		raw(t, db, `DELETE FROM audit_entries WHERE seq = 9`)
		found("deleted", "audit_entry_missing", 9)
	})
}

// A clean cut leaves a log that is right in itself; only a checkpoint that was
// kept elsewhere tells.
func TestACutTailIsFoundByAnExternalCheckpoint(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		log := auditLog(t, db)
		appendEntries(t, db, 0, 5)
		sequence(t, log, 5)
		older, err := db.AuditReads().AuditHead(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		appendEntries(t, db, 5, 9)
		sequence(t, log, 4)
		kept, err := db.AuditReads().AuditHead(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, checkpoint := range [][]byte{nil, older.Checkpoint, kept.Checkpoint} {
			if _, err := log.Verify(t.Context(), checkpoint, nil); err != nil {
				t.Fatal(err)
			}
		}
		raw(t, db, `DELETE FROM audit_entries WHERE seq >= 5`)
		raw(t, db, `DELETE FROM audit_hashes WHERE idx >= $1`, tlog.StoredHashCount(5))
		raw(t, db, `UPDATE audit_head SET size = 5, checkpoint = $1`, string(older.Checkpoint))
		if _, err := log.Verify(t.Context(), older.Checkpoint, nil); err != nil {
			t.Fatalf("the cut is clean: %v", err)
		}
		report, err := log.Verify(t.Context(), kept.Checkpoint, nil)
		if !fault.Is(err, "audit_tail_missing") || report.FirstWrong != 5 || report.LastWrong != 8 {
			t.Fatalf("%+v, %v", report, err)
		}
	})
}

func TestALostHeadIsSaid(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		log := auditLog(t, db)
		raw(t, db, `DELETE FROM audit_head`)
		if _, err := log.Verify(t.Context(), nil, nil); !fault.Is(err, "audit_head_missing") {
			t.Fatal(err)
		}
	})
}
