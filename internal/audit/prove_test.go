package audit_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
)

func TestProofs(t *testing.T) {
	log, m := newLog(t)
	rapid.Check(t, func(t *rapid.T) {
		fill(t, log, m, rapid.IntRange(1, 9).Draw(t, "more"))
		c, err := audit.OpenCheckpoint(m.Checkpoint, origin, log.Verifiers)
		if err != nil {
			t.Fatal(err)
		}
		seq := rapid.Int64Range(0, c.Size-1).Draw(t, "seq")
		p, err := log.Prove(context.Background(), seq, c.Size)
		if err != nil {
			t.Fatal(err)
		}
		if err := audit.CheckProof(p, c); err != nil {
			t.Fatal(err)
		}
		wrong := p
		switch rapid.IntRange(0, 3).Draw(t, "wrong") {
		case 0:
			wrong.Seq = (p.Seq + 1) % (c.Size + 1)
		case 1:
			wrong.Record = append(bytes.Clone(p.Record), ' ')
		case 2:
			wrong.Hashes = append(wrong.Hashes[:len(wrong.Hashes):len(wrong.Hashes)], tlog.Hash{})
		case 3:
			wrong.Seq = -1
		}
		if err := audit.CheckProof(wrong, c); !fault.Is(err, "audit_proof_wrong") {
			t.Fatal(err)
		}
		size := rapid.Int64Range(seq+1, c.Size).Draw(t, "older size")
		if _, err := log.Prove(context.Background(), seq, size); err != nil {
			t.Fatalf("for an older size: %v", err)
		}
	})
	for _, c := range [][2]int64{{-1, 1}, {m.Size, m.Size}, {0, m.Size + 1}} {
		if _, err := log.Prove(t.Context(), c[0], c[1]); !fault.Is(err, "audit_entry_unknown") {
			t.Errorf("%v: %v", c, err)
		}
	}
}

func TestEvidence(t *testing.T) {
	log, m := newLog(t)
	fill(t, log, m, 30)
	evidence, err := log.Evidence(t.Context(), log.Reads, []string{entry(20).ID, entry(3).ID, entry(11).ID, entry(3).ID})
	if err != nil {
		t.Fatal(err)
	}
	c, err := audit.OpenCheckpoint(evidence.Checkpoint, evidence.Origin, log.Verifiers)
	if err != nil {
		t.Fatal(err)
	}
	var places []int64
	for _, p := range evidence.Proofs {
		places = append(places, p.Seq)
		if err := audit.CheckProof(p, c); err != nil {
			t.Error(err)
		}
	}
	if fmt.Sprint(places) != "[3 11 20]" {
		t.Error(places)
	}
	if _, err := log.Evidence(t.Context(), log.Reads, []string{"nobody"}); !fault.Is(err, "audit_entry_unknown") {
		t.Error(err)
	}
	if err := m.AppendAudit(t.Context(), entry(30)); err != nil {
		t.Fatal(err)
	}
	if _, err := log.Evidence(t.Context(), log.Reads, []string{entry(30).ID}); !fault.Is(err, "audit_entry_pending") {
		t.Error(err)
	}
	m.Hashes[0] = tlog.Hash{}
	if _, err := log.Evidence(t.Context(), log.Reads, []string{entry(1).ID}); !fault.Is(err, "audit_proof_wrong") {
		t.Error(err)
	}
}
