package audit_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/audit/audittest"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/keys"
)

const origin = "id.example.com/audit"

var noon = time.Date(2026, 3, 2, 4, 0, 0, 123456000, time.UTC)

type tb interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

func newLog(t tb) (*audit.Log, *audittest.Memory) {
	t.Helper()
	ring, err := keys.Generate(rand.Reader, noon)
	if err != nil {
		t.Fatal(err)
	}
	log, m, err := audittest.Log(ring, origin)
	if err != nil {
		t.Fatal(err)
	}
	return log, m
}

func entry(i int) audit.Entry {
	return audit.Entry{
		ID: fmt.Sprintf("e%06d", i), At: noon.Add(time.Duration(i) * time.Second),
		Actor: audit.Actor{Kind: audit.KindMember, ID: "a1"}, Action: "closure.requested",
		Account: "a1", Object: "c1", Data: map[string]string{"policy": "wecom"},
	}
}

// fill appends n entries, in batches as they come.
func fill(t tb, log *audit.Log, m *audittest.Memory, n int) {
	t.Helper()
	start := len(m.Entries)
	for i := range n {
		if err := m.AppendAudit(context.Background(), entry(start+i)); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := log.Sequence(context.Background()); err != nil || got != n {
		t.Fatalf("placed %d of %d: %v", got, n, err)
	}
}

func TestALogOfAnySizeVerifies(t *testing.T) {
	log, m := newLog(t)
	var old []byte
	for size := range 70 {
		var told int64
		report, err := log.Verify(t.Context(), old, func(done, total int64) {
			if total != int64(size) || done <= told {
				t.Errorf("progress %d of %d", done, total)
			}
			told = done
		})
		if err != nil || report.Size != int64(size) || report.FirstWrong != -1 || told != int64(size) {
			t.Fatalf("size %d: %+v, %v", size, report, err)
		}
		if size%7 == 1 {
			old = m.Checkpoint
		}
		fill(t, log, m, 1)
	}
}

// The root is the one of RFC 6962 section 2.1 over the records.
func TestTheRootIsTheOneOfRFC6962(t *testing.T) {
	log, m := newLog(t)
	fill(t, log, m, 3)
	var leaves []tlog.Hash
	for i := range 3 {
		text, err := entry(i).Record()
		if err != nil {
			t.Fatal(err)
		}
		leaves = append(leaves, tlog.RecordHash(text))
	}
	want := tlog.NodeHash(tlog.NodeHash(leaves[0], leaves[1]), leaves[2])
	report, err := log.Verify(t.Context(), nil, nil)
	if err != nil || report.Root != want {
		t.Fatalf("%v, %v", report, err)
	}
	if lines := strings.Split(string(m.Checkpoint), "\n"); lines[0] != origin || lines[1] != "3" || lines[2] != want.String() {
		t.Errorf("checkpoint %s", m.Checkpoint)
	}
}

func TestSequencePlacesByTimeAndGoesBeyondOneBatch(t *testing.T) {
	log, m := newLog(t)
	const n = 1203
	for i := n - 1; i >= 0; i-- {
		if err := m.AppendAudit(t.Context(), entry(i)); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := log.Sequence(t.Context()); err != nil || got != n {
		t.Fatalf("%d, %v", got, err)
	}
	for i := range n {
		if e := m.Entries[entry(i).ID]; e.Seq != int64(i) {
			t.Fatalf("%s has the place %d", e.ID, e.Seq)
		}
	}
	if got, err := log.Sequence(t.Context()); err != nil || got != 0 {
		t.Errorf("again: %d, %v", got, err)
	}
	if report, err := log.Verify(t.Context(), nil, nil); err != nil || report.Size != n {
		t.Errorf("%+v, %v", report, err)
	}
}

// Whatever is changed in a stored log, Verify says so, and where.
func TestTamperingIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log, m := newLog(t)
		size := rapid.IntRange(1, 40).Draw(t, "size")
		fill(t, log, m, rapid.IntRange(1, size).Draw(t, "first batch"))
		external := m.Checkpoint
		if rest := size - len(m.Entries); rest > 0 {
			fill(t, log, m, rest)
		}
		at := rapid.IntRange(0, size-1).Draw(t, "at")
		id := entry(at).ID
		e := m.Entries[id]
		first, last := int64(at), int64(at)
		want := "audit_entry_altered"
		switch change := rapid.SampledFrom([]string{"id", "at", "actor", "action", "account", "data", "swap", "remove",
			"entry and its hash", "hash", "no hash", "head", "checkpoint", "extra", "extra hash", "cut"}).Draw(t, "change"); change {
		case "id":
			e.ID += "x"
		case "at":
			e.At = e.At.Add(time.Microsecond)
		case "actor":
			e.Actor.ID = "a2"
		case "action":
			e.Action = "closure.withdrawn"
		case "account":
			e.Account, e.Object = e.Object, e.Account
		case "data":
			e.Data = map[string]string{"policy": "dingtalk"}
		case "swap":
			if size == 1 {
				t.Skip("nothing to swap with")
			}
			other := m.Entries[entry((at+1)%size).ID]
			e.Seq, other.Seq = other.Seq, e.Seq
			m.Entries[other.ID] = other
			first = min(e.Seq, other.Seq)
			last = first
		case "remove":
			e.ID, e.Seq = "another", audit.Pending
			want = "audit_entry_missing"
		case "entry and its hash":
			e.Account = "a2"
			text, err := e.Record()
			if err != nil {
				t.Fatal(err)
			}
			m.Hashes[tlog.StoredHashIndex(0, e.Seq)] = tlog.RecordHash(text)
			want = ""
		case "hash":
			index := rapid.Int64Range(0, tlog.StoredHashCount(int64(size))-1).Draw(t, "index")
			h := m.Hashes[index]
			h[rapid.IntRange(0, 31).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
			m.Hashes[index] = h
			level, n := tlog.SplitStoredHashIndex(index)
			first, last = n<<level, (n+1)<<level-1
			want = "audit_hash_altered"
		case "no hash":
			delete(m.Hashes, tlog.StoredHashIndex(0, e.Seq))
			want = "audit_hash_altered"
		case "head":
			m.Size += rapid.SampledFrom([]int64{-1, 1, 100}).Draw(t, "by")
			first, last, want = -1, -1, ""
		case "checkpoint":
			i := rapid.IntRange(0, len(m.Checkpoint)-1).Draw(t, "byte")
			m.Checkpoint = bytes.Clone(m.Checkpoint)
			m.Checkpoint[i] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
			first, last, want = -1, -1, ""
		case "extra":
			x := entry(size)
			x.Seq = int64(size)
			m.Entries[x.ID] = x
			first, last, want = x.Seq, x.Seq, "audit_entry_unaccounted"
		case "extra hash":
			m.Hashes[tlog.StoredHashCount(int64(size))+3] = tlog.Hash{}
			first, last, want = -1, -1, "audit_hash_unaccounted"
		case "cut":
			// As somebody with an older copy of the whole log would.
			if at == 0 {
				t.Skip("nothing left")
			}
			external = m.Checkpoint
			again, copied := newLog(t)
			again.Signer, again.Verifiers = log.Signer, log.Verifiers
			fill(t, again, copied, at)
			log, m = again, copied
			if _, err := log.Verify(context.Background(), nil, nil); err != nil {
				t.Fatalf("without the external checkpoint: %v", err)
			}
			id = entry(0).ID
			e, last, want = m.Entries[id], int64(size-1), "audit_tail_missing"
		}
		delete(m.Entries, id)
		m.Entries[e.ID] = e
		report, err := log.Verify(context.Background(), external, nil)
		if err == nil {
			t.Fatal("not found")
		}
		if want != "" && !fault.Is(err, want) {
			t.Fatalf("%v, want %s", err, want)
		}
		if want == "" && first >= 0 { // a range that holds the altered entry
			if report.FirstWrong > first || report.LastWrong < last {
				t.Fatalf("%+v: %d is not in it", report, first)
			}
			return
		}
		if report.FirstWrong != first || report.LastWrong != last {
			t.Fatalf("%+v, want %d to %d", report, first, last)
		}
	})
}

// Somebody with the key who writes a whole other log is found by an old
// checkpoint only.
func TestARewrittenLogIsFoundByAnExternalCheckpoint(t *testing.T) {
	log, m := newLog(t)
	fill(t, log, m, 5)
	external := m.Checkpoint
	fill(t, log, m, 5)
	forged, other := newLog(t)
	forged.Signer, forged.Verifiers = log.Signer, log.Verifiers
	for i := range 10 {
		e := entry(i)
		if i == 3 {
			e.Action = "closure.withdrawn"
		}
		if err := other.AppendAudit(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := forged.Sequence(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := forged.Verify(t.Context(), nil, nil); err != nil {
		t.Fatalf("without: %v", err)
	}
	report, err := forged.Verify(t.Context(), external, nil)
	if !fault.Is(err, "audit_history_rewritten") || report.External != 5 || report.FirstWrong != 0 || report.LastWrong != 4 {
		t.Fatalf("%+v, %v", report, err)
	}
	// The other way round: entries and hashes are forged, the signature is not.
	other.Size, other.Checkpoint = m.Size, m.Checkpoint
	if _, err := forged.Verify(t.Context(), nil, nil); !fault.Is(err, "audit_history_rewritten") {
		t.Fatal(err)
	}
}

func TestADamagedTreeIsNotExtended(t *testing.T) {
	for name, c := range map[string]struct {
		damage func(*audittest.Memory)
		code   string
	}{
		"a hash":        {func(m *audittest.Memory) { m.Hashes[tlog.StoredHashIndex(2, 0)] = tlog.Hash{} }, "audit_tree_altered"},
		"a lost hash":   {func(m *audittest.Memory) { delete(m.Hashes, tlog.StoredHashIndex(2, 0)) }, "audit_hash_missing"},
		"the head":      {func(m *audittest.Memory) { m.Size = 3 }, "audit_head_altered"},
		"no checkpoint": {func(m *audittest.Memory) { m.Checkpoint = nil }, "audit_checkpoint_malformed"},
		"started anew":  {func(m *audittest.Memory) { m.Size, m.Checkpoint = 0, nil }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			log, m := newLog(t)
			fill(t, log, m, 4)
			if err := m.AppendAudit(t.Context(), entry(4)); err != nil {
				t.Fatal(err)
			}
			c.damage(m)
			n, err := log.Sequence(t.Context())
			if c.code != "" && (n != 0 || !fault.Is(err, c.code) || m.Entries[entry(4).ID].Seq != audit.Pending) {
				t.Fatalf("%d, %v", n, err)
			}
			if _, err := log.Verify(t.Context(), nil, nil); err == nil {
				t.Fatal("not found")
			}
		})
	}
}

func TestAForeignKeyOrLogIsSaid(t *testing.T) {
	log, m := newLog(t)
	fill(t, log, m, 2)
	other, om := newLog(t)
	fill(t, other, om, 2)
	if _, err := log.Verify(t.Context(), om.Checkpoint, nil); !fault.Is(err, "audit_checkpoint_key_unknown") {
		t.Error(err)
	}
	foreign, err := audit.Checkpoint{Origin: "other.example.com", Size: 1}.Sign(log.Signer)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := log.Verify(t.Context(), foreign, nil); !fault.Is(err, "audit_checkpoint_foreign") {
		t.Error(err)
	}
	for _, text := range []string{"x", "x\n", "a\n1\n", origin + "\n-1\n" + tlog.Hash{}.String() + "\n", origin + "\n01\n" + tlog.Hash{}.String() + "\n",
		origin + "\n1\n" + tlog.Hash{}.String() + "\nmore\n"} {
		signed, err := note.Sign(&note.Note{Text: strings.TrimSuffix(text, "\n") + "\n"}, log.Signer)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := log.Verify(t.Context(), signed, nil); !fault.Is(err, "audit_checkpoint_malformed") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestAFailedCommitPlacesNothing(t *testing.T) {
	log, m := newLog(t)
	if err := m.AppendAudit(t.Context(), entry(0)); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("no commit")
	inTx := log.InTx
	log.InTx = func(ctx context.Context, fn func(audit.LogTx) error) error {
		return inTx(ctx, func(tx audit.LogTx) error { return errors.Join(fn(tx), broken) })
	}
	if n, err := log.Sequence(t.Context()); n != 0 || !errors.Is(err, broken) {
		t.Fatalf("%d, %v", n, err)
	}
	log.InTx = inTx
	if n, err := log.Sequence(t.Context()); n != 1 || err != nil {
		t.Fatalf("%d, %v", n, err)
	}
}
