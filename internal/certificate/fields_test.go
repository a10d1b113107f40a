package certificate_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/certificate"
)

// ended is a certificate of an organisation's end that uses what full has no use
// for.
func (b bench) ended(t tb) certificate.Certificate {
	t.Helper()
	id := b.happened(t, "d1", "dissolution.started", "", morning)
	proof, timeline, err := certificate.FromEvidence(b.evidence(t, id))
	if err != nil {
		t.Fatal(err)
	}
	return certificate.Certificate{
		Kind: certificate.OfOrganisation, ID: "SO-2026-000124", Closure: "d1", Issuer: "id.example.com", Subject: "p_q5iutcgyqj2xjzrxvdvhi2b2ku",
		Policy: certificate.PolicyRef{Name: "general", Version: 1, Digest: "sha256:77ab01", Title: map[string]string{"zh-CN": "一般注销", "en": "General procedure"}},
		Notice: &certificate.Notice{Kind: "general", PublishedOn: "2026-03-03", Media: "国家企业信用信息公示系统", Reference: "公告 2026-0107",
			EndedAt: later(46 * days)},
		RequestedAt: morning, ErasureStartedAt: later(46 * days), IssuedAt: later(47 * days), Timeline: timeline,
		Holders: []certificate.HolderPart{{Name: "chat", Kind: "httpapp", ErasedAt: later(46 * days), VerifiedAt: later(46 * days), None: true}},
		Audit:   proof,
	}
}

// fields lists the fields of a certificate as its file names them; those with a
// question mark are left out where they are empty.
func fields(of reflect.Type, path string) (all []string) {
	for of.Kind() == reflect.Slice || of.Kind() == reflect.Pointer {
		if of.Kind() == reflect.Slice {
			path += "[]"
		}
		of = of.Elem()
	}
	if of.Kind() != reflect.Struct || of == reflect.TypeFor[time.Time]() {
		return []string{path + " " + of.String()}
	}
	for i := range of.NumField() {
		name, option, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
		if option == "omitempty" {
			name += "?"
		}
		all = append(all, fields(of.Field(i).Type, strings.TrimPrefix(path+"."+name, "."))...)
	}
	return all
}

// leaves visits every value of a certificate by its type's name and its own.
func leaves(v reflect.Value, visit func(name string, leaf reflect.Value)) {
	for i := range v.NumField() {
		name, f := v.Type().Name()+"."+v.Type().Field(i).Name, v.Field(i)
		switch {
		case f.Kind() == reflect.Pointer && f.Type().Elem().Kind() == reflect.Struct && f.Type() != reflect.TypeFor[*time.Time]():
			if !f.IsNil() {
				leaves(f.Elem(), visit)
			}
		case f.Kind() == reflect.Slice && f.Type().Elem().Kind() == reflect.Struct:
			for j := range f.Len() {
				leaves(f.Index(j), visit)
			}
		case f.Kind() == reflect.Struct && f.Type() != reflect.TypeFor[time.Time]():
			leaves(f, visit)
		default:
			visit(name, f)
		}
	}
}

// another gives another value than the one that stands there.
func another(t *testing.T, old reflect.Value) reflect.Value {
	t.Helper()
	switch v := old.Interface().(type) {
	case string:
		return reflect.ValueOf(v + "x")
	case int:
		return reflect.ValueOf(v + 1)
	case int64:
		return reflect.ValueOf(v + 1)
	case bool:
		return reflect.ValueOf(!v)
	case time.Time:
		return reflect.ValueOf(v.Add(40 * days))
	case *time.Time:
		return reflect.ValueOf(ptr(morning.Add(4000 * days)))
	case map[string]string:
		return reflect.ValueOf(map[string]string{"zh-CN": "另一个", "en": "another"})
	default:
		return reflect.Zero(old.Type())
	}
}

// notShown says why a field of the file is nothing for people to read.
var notShown = map[string]string{
	"Certificate.Format":    "says how the file is read",
	"Certificate.Closure":   "the installation's own number, which the audit entries name",
	"AuditProof.Checkpoint": "of it the number of entries is shown",
	"AuditEntry.Seq":        "shown with the step that it proves",
	"AuditEntry.Proof":      "for who verifies",
	"Notice.Kind":           "the procedure says it",
}

// Whoever adds a field fills it where certificates are made up for tests, and
// shows it to people in every language, or says above why not.
func TestEveryFieldIsShown(t *testing.T) {
	b := newBench(t)
	full, ended := b.full(t), b.ended(t)
	plain := full
	plain.Identifiers = certificate.Identifiers{Count: 1, Never: true}
	shown, filled := map[string]map[string]bool{"zh-CN": {}, "en": {}}, map[string]bool{}
	for _, c := range []*certificate.Certificate{&full, &plain, &ended} {
		for lang, seen := range shown {
			before := c.Render(lang)
			leaves(reflect.ValueOf(c).Elem(), func(name string, leaf reflect.Value) {
				filled[name] = filled[name] || !leaf.IsZero()
				old := reflect.ValueOf(leaf.Interface())
				leaf.Set(another(t, leaf))
				seen[name] = seen[name] || c.Render(lang) != before
				leaf.Set(old)
			})
		}
	}
	if len(filled) < 30 {
		t.Fatalf("only %d fields", len(filled))
	}
	for name := range filled {
		if !filled[name] && name != "Certificate.Format" {
			t.Errorf("%s: fill it in full (certificate_test.go) or in ended (above)", name)
		}
		for lang, seen := range shown {
			if why := notShown[name]; !seen[name] && why == "" {
				t.Errorf("%s is not shown in %s: add it to internal/certificate/render, or say above why not", name, lang)
			} else if seen[name] && why != "" {
				t.Errorf("%s is shown in %s, and said not to be: %s", name, lang, why)
			}
		}
	}
}

func fieldList() string {
	all := fields(reflect.TypeFor[certificate.Certificate](), "")
	slices.Sort(all)
	return strings.Join(all, "\n") + "\n"
}
