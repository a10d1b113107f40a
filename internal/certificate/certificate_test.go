package certificate_test

import (
	"context"
	"crypto/rand"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/audit/audittest"
	"github.com/signoff-id/signoff/internal/certificate"
	"github.com/signoff-id/signoff/internal/keys"
)

const origin = "id.example.com/audit"

var morning = time.Date(2026, 3, 2, 1, 30, 0, 123456000, time.UTC)

type tb interface {
	Helper()
	Fatal(...any)
}

// bench is an installation: its keys and its audit log.
type bench struct {
	ring *keys.Ring
	log  *audit.Log
	mem  *audittest.Memory
}

func newBench(t tb) bench {
	t.Helper()
	ring, err := keys.Generate(rand.Reader, morning)
	if err != nil {
		t.Fatal(err)
	}
	log, mem, err := audittest.Log(ring, origin)
	if err != nil {
		t.Fatal(err)
	}
	return bench{ring, log, mem}
}

// happened writes one audit entry and gives its id.
func (b bench) happened(t tb, closure, action, holder string, at time.Time) string {
	t.Helper()
	var data map[string]string
	if holder != "" {
		data = map[string]string{"holder": holder}
	}
	id := closure + " " + action + " " + at.Format(time.RFC3339Nano)
	if err := b.mem.AppendAudit(context.Background(), audit.Entry{ID: id, At: at, Actor: audit.System(),
		Action: action, Account: "a1", Object: closure, Data: data}); err != nil {
		t.Fatal(err)
	}
	return id
}

// evidence proves entries of the log.
func (b bench) evidence(t tb, ids ...string) audit.Evidence {
	t.Helper()
	if _, err := b.log.Sequence(context.Background()); err != nil {
		t.Fatal(err)
	}
	evidence, err := b.log.Evidence(context.Background(), b.log.Reads, ids)
	if err != nil {
		t.Fatal(err)
	}
	return evidence
}

func later(d time.Duration) time.Time { return morning.Add(d) }

func ptr(t time.Time) *time.Time { return &t }

const days = 24 * time.Hour

// full is a certificate of the WeCom kind that uses everything.
func (b bench) full(t tb) certificate.Certificate {
	t.Helper()
	b.happened(t, "another", "closure.requested", "", later(-time.Hour))
	var ids []string
	for _, step := range []struct {
		event, holder string
		after         time.Duration
	}{
		{"requested", "", 0}, {"confirmed", "", time.Minute}, {"approved", "", 26 * time.Hour},
		{"cooling_off_over", "", 15*days + time.Minute}, {"holder_erased", "crm", 15*days + 2*time.Minute},
		{"holder_erased", "files", 15*days + 3*time.Minute}, {"own_rows_erased", "", 15*days + 4*time.Minute},
	} {
		ids = append(ids, b.happened(t, "c1", "closure."+step.event, step.holder, later(step.after)))
	}
	proof, timeline, err := certificate.FromEvidence(b.evidence(t, ids...))
	if err != nil {
		t.Fatal(err)
	}
	invoices := map[string]string{"zh-CN": "《会计档案管理办法》第十四条", "en": "Measures for the Administration of Accounting Archives, article 14"}
	return certificate.Certificate{
		ID: "SO-2026-000123", Closure: "c1", Issuer: "id.example.com", Subject: "p_mzxw6ytboi5dcnbsgm2tmobzgi",
		Policy: certificate.PolicyRef{Name: "wecom", Version: 1, Digest: "sha256:5e7f1c",
			Title: map[string]string{"zh-CN": "企业微信式注销", "en": "Closure as in WeCom"}},
		RequestedAt: morning, ErasureStartedAt: later(15*days + time.Minute), IssuedAt: later(15*days + 5*time.Minute),
		Timeline: timeline,
		Holders: []certificate.HolderPart{
			{Name: "crm", Kind: "sqldb", Title: map[string]string{"zh-CN": "客户管理数据库", "en": "CRM database"},
				ErasedAt: later(15*days + 2*time.Minute), VerifiedAt: later(15*days + 2*time.Minute + time.Second),
				Items: []certificate.Item{
					{Name: "contacts", Action: certificate.ActionDelete, Count: 1204},
					{Name: "customers", Action: certificate.ActionReassign, Count: 31},
					{Name: "messages", Action: certificate.ActionBlank, Count: 88},
					{Name: "invoices", Action: certificate.ActionPseudonymise, Count: 3, Until: ptr(time.Date(2036, 12, 31, 0, 0, 0, 0, time.UTC)),
						Basis: "accounting_archives", BasisText: invoices},
					{Name: "consents", Action: certificate.ActionKeep, Count: 1, Basis: "proof_of_consent"},
				}},
			{Name: "files", Kind: "blob", ErasedAt: later(15*days + 3*time.Minute), VerifiedAt: later(15*days + 3*time.Minute),
				Items: []certificate.Item{{Name: "documents/", Action: certificate.ActionDelete, Count: 17, Bytes: 48234567}}},
			{Name: "chat", Kind: "httpapp", ErasedAt: later(15*days + 3*time.Minute), VerifiedAt: later(15*days + 3*time.Minute)},
		},
		Own: []certificate.Item{
			{Name: "sessions", Action: certificate.ActionDelete, Count: 2},
			{Name: "erasure_ledger", Action: certificate.ActionKeep, Count: 1, Until: ptr(later(3650 * days)), Basis: "erasure_ledger",
				BasisText: map[string]string{"zh-CN": "防止从旧备份中恢复已注销账号", "en": "so that old backups do not bring the account back"}},
		},
		Identifiers: certificate.Identifiers{Count: 2, ReuseAfter: ptr(later(105 * days))},
		Audit:       proof,
	}
}

func issue(t *testing.T, b bench, c certificate.Certificate) []byte {
	t.Helper()
	text, err := certificate.Issue(b.ring, c)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
