package e2e_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/certificate"
	"github.com/signoff-id/signoff/internal/fault"
)

func TestCertificates(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.run(t, "certificates prove a closure", certificatesProveAClosure)
		s.run(t, "a changed byte of a certificate is found", aChangedByteOfACertificateIsFound)
	})
}

// closed brings a closure under DingTalk's rules to its end and gives the
// certificate's file.
func (s *stage) closed(p *person) (client.ConfirmedClosure, []byte) {
	s.T.Helper()
	begun := s.confirmed(p, "dingtalk")
	s.reaches(begun.Closure.ID, client.Closed)
	file, err := s.with("").CertificateByLink(s.T.Context(), begun.StatusToken)
	s.Must(err)
	return begun, file
}

// A certificate is verified by anybody, offline or by asking, says nothing
// personal, and is read in both languages.
func certificatesProveAClosure(t *testing.T, s *stage) {
	ctx := t.Context()
	p := s.person()
	s.works(p)
	begun, file := s.closed(p)
	doc := s.verified(file)
	for _, by := range []*client.Client{s.operator, s.auditor} {
		again, err := by.Certificate(ctx, begun.Closure.ID)
		if err != nil || !bytes.Equal(again, file) {
			t.Errorf("another way to the certificate gives other bytes: %v", err)
		}
	}
	checked, err := s.with("").CheckCertificate(ctx, file)
	if err != nil || !checked.Valid || checked.ID != doc.ID || checked.Subject != doc.Subject || checked.Issuer != "signoff.test" {
		t.Errorf("checked: %+v, %v", checked, err)
	}
	if found := s.planted.in(string(file)); found != nil || doc.Subject == p.id {
		t.Errorf("the certificate holds %q", found)
	}
	chinese, english := doc.Render("zh-CN"), doc.Render("en")
	for text, words := range map[string][]string{
		chinese: {"注销凭证", "客户管理数据库", "税收征收管理法实施细则第二十九条", "钉钉账号注销", doc.ID, doc.Subject},
		english: {"CRM database", "Tax records, article 29", "Closing a DingTalk account", doc.ID, doc.Subject},
	} {
		for _, w := range words {
			if !strings.Contains(text, w) {
				t.Errorf("the certificate as text lacks %q:\n%s", w, text)
			}
		}
		if found := s.planted.in(text); found != nil || strings.Contains(text, "{{") {
			t.Errorf("the certificate as text holds %q", found)
		}
	}
	s.settle()
	report, err := s.auditor.VerifyAudit(ctx, nil)
	if err != nil || !report.OK {
		t.Errorf("the audit log: %+v, %v", report, err)
	}
	for _, step := range doc.Timeline { // the log's own proof agrees with the certificate's
		proof, err := s.auditor.AuditProof(ctx, step.Seq, 0)
		s.Must(err)
		if i := slices.IndexFunc(doc.Audit.Entries, func(e certificate.AuditEntry) bool { return e.Seq == step.Seq }); string(doc.Audit.Entries[i].Record) != proof.Record {
			t.Errorf("entry %d is %s in the log", step.Seq, proof.Record)
		}
	}
}

// Whichever byte of a certificate changes, is added or is lost, it is found.
func aChangedByteOfACertificateIsFound(t *testing.T, s *stage) {
	ctx := t.Context()
	p := s.person()
	s.works(p)
	_, file := s.closed(p)
	keys, err := s.with("").Keys(ctx)
	s.Must(err)
	wrong := map[string][]byte{"a byte more": append(bytes.Clone(file), ' '), "a byte less": file[:len(file)-1], "nothing": {}, "twice": append(bytes.Clone(file), file...),
		"another order": bytes.Replace(file, []byte(`{"certificate":`), []byte(`{ "certificate":`), 1), "a later date": bytes.Replace(file, []byte("2036-"), []byte("2035-"), 1)}
	for at := 0; at < len(file); at += 41 {
		changed := bytes.Clone(file)
		changed[at] ^= 1
		wrong[string(rune(at))] = changed
	}
	for what, changed := range wrong {
		if _, _, err := certificate.Verify(changed, keys); !strings.HasPrefix(fault.Of(err).Code, "certificate_") {
			t.Errorf("%q: %v", what, err)
		}
	}
	for what, changed := range map[string][]byte{"the middle": wrong[string(rune(41*(len(file)/82)))], "a byte more": wrong["a byte more"], "nothing": nil, "no certificate": []byte(`{"a":1}`)} {
		if _, err := s.with("").CheckCertificate(ctx, changed); !client.HasStatus(err, 422) && !client.HasStatus(err, 400) {
			t.Errorf("asking about %s: %v", what, err)
		}
	}
	_, other := s.closed(s.person())
	swapped := bytes.Replace(other, []byte(s.verified(other).Subject), []byte(s.verified(file).Subject), 1)
	if _, err := s.with("").CheckCertificate(ctx, swapped); !client.HasCode(err, "certificate_altered") {
		t.Errorf("another person's: %v", err)
	}
}
