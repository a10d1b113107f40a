package certificate_test

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gowebpki/jcs"
	"pgregory.net/rapid"

	"github.com/signoff-id/signoff/internal/certificate"
	"github.com/signoff-id/signoff/internal/fault"
)

func TestAnyChangedByteIsFound(t *testing.T) {
	b := newBench(t)
	// One of each kind of member: every byte costs several verifications.
	c := b.full(t)
	c.Timeline, c.Audit.Entries = c.Timeline[:2], c.Audit.Entries[:2]
	c.Holders, c.Own = c.Holders[:1], c.Own[1:]
	c.Holders[0].Items = c.Holders[0].Items[3:4]
	text := issue(t, b, c)
	jwks := b.ring.JWKS()
	if _, _, err := certificate.Verify(text, jwks); err != nil {
		t.Fatal(err)
	}
	altered := bytes.Clone(text)
	for i := range text {
		for _, bit := range []int{0, 3, 5, 7} { // 5 is the case of a letter
			altered[i] = text[i] ^ 1<<bit
			if _, _, err := certificate.Verify(altered, jwks); err == nil {
				t.Fatalf("byte %d, bit %d: %s", i, bit, altered[max(0, i-20):min(len(text), i+20)])
			} else if f := fault.Of(err); f.Kind != fault.Invalid {
				t.Fatalf("byte %d, bit %d: %v", i, bit, err)
			}
		}
		altered[i] = text[i]
		if i%5 != 0 {
			continue
		}
		if _, _, err := certificate.Verify(slices.Delete(bytes.Clone(text), i, i+1), jwks); err == nil {
			t.Fatalf("without byte %d", i)
		}
		for _, extra := range []byte(" \n0\"") {
			if _, _, err := certificate.Verify(slices.Insert(bytes.Clone(text), i, extra), jwks); err == nil {
				t.Fatalf("with %q before byte %d", extra, i)
			}
		}
	}
}

func TestTheFileIsCanonicalJSON(t *testing.T) {
	b := newBench(t)
	text := issue(t, b, b.full(t))
	again, err := jcs.Transform(text)
	if err != nil || !bytes.Equal(again, text) {
		t.Fatalf("%v\n%s", err, text)
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(text, &members); err != nil || len(members) != 2 || members["certificate"] == nil {
		t.Fatal(err)
	}
	var signature string
	if err := json.Unmarshal(members["signature"], &signature); err != nil || strings.Count(signature, "..") != 1 {
		t.Errorf("%s, %v", signature, err)
	}
}

func TestEveryCertificateComesBack(t *testing.T) {
	b := newBench(t)
	when := rapid.Custom(func(t *rapid.T) time.Time {
		return morning.Add(time.Duration(rapid.Int64Range(0, int64(9000*days)).Draw(t, "after")))
	})
	whenOrNot := rapid.Custom(func(t *rapid.T) *time.Time {
		if rapid.Bool().Draw(t, "none") {
			return nil
		}
		return ptr(when.Draw(t, "until").In(time.FixedZone("", 8*3600)))
	})
	words := rapid.MapOfN(rapid.SampledFrom([]string{"zh-CN", "en"}), rapid.String(), 0, 2)
	name := rapid.StringN(1, 20, -1)
	items := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) certificate.Item {
		return certificate.Item{Name: name.Draw(t, "name"),
			Action: rapid.SampledFrom([]string{"delete", "blank", "pseudonymise", "reassign", "keep"}).Draw(t, "action"),
			Count:  rapid.Int64Range(0, 1<<53-1).Draw(t, "count"), Bytes: rapid.Int64Range(0, 1<<53-1).Draw(t, "bytes"),
			Until: whenOrNot.Draw(t, "until"), Basis: name.Draw(t, "basis"), BasisText: words.Draw(t, "basis text")}
	}), 0, 3)
	base := b.full(t)
	rapid.Check(t, func(t *rapid.T) {
		c := base
		c.Holders = slices.Clone(base.Holders)
		c.ID, c.Issuer, c.Subject = name.Draw(t, "id"), name.Draw(t, "issuer"), name.Draw(t, "subject")
		c.Policy = certificate.PolicyRef{Name: name.Draw(t, "policy"), Version: rapid.IntRange(1, 999).Draw(t, "version"),
			Digest: name.Draw(t, "digest"), Title: words.Draw(t, "title")}
		c.RequestedAt, c.ErasureStartedAt = morning, when.Draw(t, "started")
		c.IssuedAt = c.ErasureStartedAt.Add(100 * days)
		c.Own = items.Draw(t, "own")
		for i := range c.Holders {
			c.Holders[i].Items, c.Holders[i].Title = items.Draw(t, "items"), words.Draw(t, "title")
			c.Holders[i].ErasedAt = c.ErasureStartedAt
			c.Holders[i].VerifiedAt = c.ErasureStartedAt.Add(time.Hour)
		}
		c.Identifiers = certificate.Identifiers{Count: rapid.IntRange(0, 9).Draw(t, "identifiers"), Never: rapid.Bool().Draw(t, "never")}
		if !c.Identifiers.Never {
			c.Identifiers.ReuseAfter = whenOrNot.Draw(t, "reuse")
		}
		text, err := certificate.Issue(b.ring, c)
		if err != nil {
			t.Fatal(err)
		}
		signer := b.ring.Active()
		if rapid.Bool().Draw(t, "rotate") {
			if err := b.ring.Rotate(rand.Reader, morning); err != nil {
				t.Fatal(err)
			}
		}
		got, kid, err := certificate.Verify(text, b.ring.JWKS())
		if err != nil || kid != signer {
			t.Fatalf("%s by %s: %v", kid, signer, err)
		}
		same, err := certificate.Issue(b.ring, got)
		if err != nil {
			t.Fatal(err)
		}
		if again, _, err := certificate.Verify(same, b.ring.JWKS()); err != nil || !reflect.DeepEqual(again, got) {
			t.Fatalf("%v\n%+v\n%+v", err, again, got)
		}
		if got.ID != c.ID || len(got.Own) != len(c.Own) || !got.IssuedAt.Equal(c.IssuedAt.Truncate(time.Microsecond)) {
			t.Fatalf("%+v", got)
		}
		for i := range got.Own {
			if got.Own[i].Count != c.Own[i].Count || got.Own[i].Name != c.Own[i].Name {
				t.Fatalf("%+v", got.Own[i])
			}
		}
		got.Render("zh-CN")
		got.Render("en")
	})
}

func TestVerifyRefuses(t *testing.T) {
	b, stranger := newBench(t), newBench(t)
	text := issue(t, b, b.full(t))
	other := bytes.Replace(text, []byte(`"signoff-certificate/1"`), []byte(`"signoff-certificate/2"`), 1)
	for name, c := range map[string]struct {
		text, jwks []byte
		code       string
	}{
		"nothing":           {nil, b.ring.JWKS(), "certificate_malformed"},
		"no JSON":           {[]byte("certificate"), b.ring.JWKS(), "certificate_malformed"},
		"another document":  {[]byte(`{"certificate":{}}`), b.ring.JWKS(), "certificate_malformed"},
		"a later format":    {other, b.ring.JWKS(), "certificate_format_unknown"},
		"too large":         {bytes.Repeat([]byte(" "), 5<<20), b.ring.JWKS(), "certificate_too_large"},
		"deeply nested":     {bytes.Repeat([]byte("["), 3<<20), b.ring.JWKS(), "certificate_malformed"},
		"a strange key":     {text, stranger.ring.JWKS(), "certificate_key_unknown"},
		"no keys":           {text, []byte("{}"), "keyset_malformed"},
		"twice":             {append(bytes.Clone(text), text...), b.ring.JWKS(), "certificate_malformed"},
		"a trailing line":   {append(bytes.Clone(text), '\n'), b.ring.JWKS(), "certificate_altered"},
		"an unknown member": {bytes.Replace(text, []byte(`{"certificate"`), []byte(`{"a":1,"certificate"`), 1), b.ring.JWKS(), "certificate_altered"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, _, err := certificate.Verify(c.text, c.jwks); !fault.Is(err, c.code) {
				t.Fatalf("%v, want %s", err, c.code)
			}
		})
	}
}

// A certificate that the audit log does not bear out is neither issued nor, when
// signed all the same, believed.
func TestTheAuditLogMustBearItOut(t *testing.T) {
	b := newBench(t)
	good := b.full(t)
	strange, _, err := certificate.FromEvidence(b.evidence(t, b.happened(t, "c2", "closure.requested", "", morning)))
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*certificate.Certificate){
		"another event":       func(c *certificate.Certificate) { c.Timeline[1].Event = "approved" },
		"another time":        func(c *certificate.Certificate) { c.Timeline[1].At = c.Timeline[1].At.Add(time.Second) },
		"another closure":     func(c *certificate.Certificate) { c.Closure = "c2" },
		"an edited record":    func(c *certificate.Certificate) { c.Audit.Entries[0].Record = strange.Entries[0].Record },
		"another place":       func(c *certificate.Certificate) { c.Timeline[6].Seq++; c.Audit.Entries[6].Seq++ },
		"a proof of another":  func(c *certificate.Certificate) { c.Audit.Entries[0].Proof = c.Audit.Entries[1].Proof },
		"no proof":            func(c *certificate.Certificate) { c.Audit.Entries[0].Proof = nil },
		"an older checkpoint": func(c *certificate.Certificate) { c.Audit.Checkpoint = strange.Checkpoint },
		"no checkpoint":       func(c *certificate.Certificate) { c.Audit.Checkpoint = "" },
		"another log":         func(c *certificate.Certificate) { c.Audit.Origin = "other.example.com" },
	} {
		t.Run(name, func(t *testing.T) {
			c := good
			c.Timeline = slices.Clone(good.Timeline)
			c.Audit.Entries = slices.Clone(good.Audit.Entries)
			spoil(&c)
			if _, err := certificate.Issue(b.ring, c); !fault.Is(err, "certificate_unproven") {
				t.Errorf("Issue: %v", err)
			}
			if _, _, err := certificate.Verify(sign(t, b, c), b.ring.JWKS()); !fault.Is(err, "certificate_unproven") {
				t.Errorf("Verify: %v", err)
			}
		})
	}
}

// sign makes a file without any of Issue's checks.
func sign(t *testing.T, b bench, c certificate.Certificate) []byte {
	t.Helper()
	c.Format = certificate.Format
	encode := func(v any) []byte {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if text, err = jcs.Transform(text); err != nil {
			t.Fatal(err)
		}
		return text
	}
	payload := encode(c)
	signature, err := b.ring.Sign("signoff-certificate", payload)
	if err != nil {
		t.Fatal(err)
	}
	return encode(map[string]any{"certificate": json.RawMessage(payload), "signature": signature})
}

func TestIncompleteCertificatesAreNotIssued(t *testing.T) {
	b := newBench(t)
	good := b.full(t)
	for name, c := range map[string]struct {
		spoil func(*certificate.Certificate)
		field string
	}{
		"no number":           {func(c *certificate.Certificate) { c.ID = "" }, "id"},
		"no closure":          {func(c *certificate.Certificate) { c.Closure = "" }, "closure"},
		"no issuer":           {func(c *certificate.Certificate) { c.Issuer = "" }, "issuer"},
		"nobody":              {func(c *certificate.Certificate) { c.Subject = "" }, "subject"},
		"no policy":           {func(c *certificate.Certificate) { c.Policy.Version = 0 }, "policy"},
		"another format":      {func(c *certificate.Certificate) { c.Format = "x" }, "format"},
		"never requested":     {func(c *certificate.Certificate) { c.RequestedAt = time.Time{} }, "requested_at"},
		"erased before":       {func(c *certificate.Certificate) { c.ErasureStartedAt = morning.Add(-1000) }, "erasure_started_at"},
		"issued before":       {func(c *certificate.Certificate) { c.IssuedAt = morning }, "issued_at"},
		"no timeline":         {func(c *certificate.Certificate) { c.Timeline = nil }, "timeline"},
		"a step too many":     {func(c *certificate.Certificate) { c.Timeline = append(c.Timeline, c.Timeline[0]) }, "timeline"},
		"out of order":        {func(c *certificate.Certificate) { c.Timeline[0], c.Timeline[1] = c.Timeline[1], c.Timeline[0] }, "timeline"},
		"a step in future":    {func(c *certificate.Certificate) { c.Timeline[6].At = c.IssuedAt.Add(time.Hour) }, "timeline"},
		"a nameless holder":   {func(c *certificate.Certificate) { c.Holders[0].Name = "" }, "holders"},
		"not verified":        {func(c *certificate.Certificate) { c.Holders[0].VerifiedAt = time.Time{} }, "holders"},
		"verified later":      {func(c *certificate.Certificate) { c.Holders[0].VerifiedAt = c.IssuedAt.Add(time.Second) }, "holders"},
		"an unknown action":   {func(c *certificate.Certificate) { c.Holders[0].Items[0].Action = "lost" }, "holders.items"},
		"kept without reason": {func(c *certificate.Certificate) { c.Holders[0].Items[4].Basis = "" }, "holders.items"},
		"less than nothing":   {func(c *certificate.Certificate) { c.Own[0].Count = -1 }, "own"},
		"too much to count":   {func(c *certificate.Certificate) { c.Own[0].Bytes = 1 << 53 }, "own"},
		"never and then":      {func(c *certificate.Certificate) { c.Identifiers.Never = true }, "identifiers"},
		"not UTF-8":           {func(c *certificate.Certificate) { c.Subject = "p_\xff" }, "text"},
	} {
		t.Run(name, func(t *testing.T) {
			bad := good
			bad.Timeline = slices.Clone(good.Timeline)
			bad.Own = slices.Clone(good.Own)
			bad.Holders = slices.Clone(good.Holders)
			bad.Holders[0].Items = slices.Clone(good.Holders[0].Items)
			c.spoil(&bad)
			_, err := certificate.Issue(b.ring, bad)
			if f := fault.Of(err); f.Code != "certificate_malformed" || f.Args["field"] != c.field {
				t.Fatalf("%v, want %s", err, c.field)
			}
		})
	}
}
