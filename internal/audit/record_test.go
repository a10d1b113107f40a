package audit_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
)

func drawEntry(t *rapid.T) audit.Entry {
	text := rapid.StringN(0, 60, 255)
	e := audit.Entry{
		ID: rapid.StringN(1, 60, 255).Draw(t, "id"), At: time.UnixMicro(rapid.Int64Range(-1e15, 1e17).Draw(t, "at")).UTC(),
		Actor:  audit.Actor{Kind: rapid.SampledFrom([]string{"member", "admin", "reviewer", "operator", "system"}).Draw(t, "kind"), ID: text.Draw(t, "actor")},
		Action: rapid.StringMatching(`[a-z_]{1,9}(\.[a-z0-9]{1,9}){0,2}`).Draw(t, "action"), Organisation: text.Draw(t, "organisation"),
		Account: text.Draw(t, "account"), Object: text.Draw(t, "object"), Data: rapid.MapOfN(text, text, 0, 4).Draw(t, "data"), Seq: audit.Pending,
	}
	if len(e.Data) == 0 {
		e.Data = nil
	}
	return e
}

func TestARecordHoldsAllOfAnEntry(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := drawEntry(t)
		text, err := e.Record()
		if err != nil {
			t.Fatal(err)
		}
		again, err := audit.ParseRecord(text)
		if err != nil || !reflect.DeepEqual(again, e) {
			t.Fatalf("%+v, %v\n%s", again, err, text)
		}
		data, err := audit.EncodeData(e.Data)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := audit.DecodeData(data); err != nil || !reflect.DeepEqual(got, e.Data) {
			t.Fatalf("%v, %v", got, err)
		}
		// No other text is a record, and none of another entry.
		i := rapid.IntRange(0, len(text)-1).Draw(t, "byte")
		altered := append([]byte(nil), text...)
		altered[i] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if got, err := audit.ParseRecord(altered); err == nil && reflect.DeepEqual(got, e) {
			t.Fatalf("%s is read as %s", altered, text)
		}
	})
}

func TestTheRecordIsCanonicalJSON(t *testing.T) {
	text, err := entry(0).Record()
	want := `{"account":"a1","action":"closure.requested","actor":{"id":"a1","kind":"member"},"at":"2026-03-02T04:00:00.123456Z",` +
		`"data":{"policy":"wecom"},"id":"e000000","object":"c1"}`
	if err != nil || string(text) != want {
		t.Errorf("%s, %v", text, err)
	}
	for _, other := range []string{" " + want, want + "\n", strings.Replace(want, "e000000", `\u0065000000`, 1), strings.Replace(want, `"data"`, `"x":1,"data"`, 1),
		strings.Replace(want, "123456Z", "123456789Z", 1), `{}`, `null`, ``} {
		if _, err := audit.ParseRecord([]byte(other)); err == nil {
			t.Errorf("read: %s", other)
		}
	}
	for _, other := range []string{"", "null", "{ }", `{"a":null}`, `{"a":1}`, `{"b":"","a":""}`, `{"a":"\u0061"}`, `{}{}`} {
		if _, err := audit.DecodeData(other); err == nil {
			t.Errorf("read: %s", other)
		}
	}
	bad := entry(0)
	bad.Object = "\xff"
	if _, err := bad.Record(); err == nil {
		t.Error("not UTF-8, and yet a record")
	}
}

func TestCheck(t *testing.T) {
	if err := entry(0).Check(); err != nil {
		t.Fatal(err)
	}
	for field, spoil := range map[string]func(*audit.Entry){
		"id":           func(e *audit.Entry) { e.ID = "" },
		"at":           func(e *audit.Entry) { e.At = time.Time{} },
		"actor.kind":   func(e *audit.Entry) { e.Actor.Kind = "god" },
		"actor.id":     func(e *audit.Entry) { e.Actor.ID = "a\x00b" },
		"action":       func(e *audit.Entry) { e.Action = "Closure Requested" },
		"organisation": func(e *audit.Entry) { e.Organisation = "\xff" },
		"object":       func(e *audit.Entry) { e.Object = strings.Repeat("x", 257) },
		"data":         func(e *audit.Entry) { e.Data = map[string]string{"note": strings.Repeat("long text ", 100)} },
	} {
		e := entry(0)
		spoil(&e)
		f := fault.Of(e.Check())
		if f.Code != "audit_entry_malformed" || f.Args["field"] != field {
			t.Errorf("%s: %v", field, f)
		}
	}
	for _, action := range []string{"", ".", "a.", ".a", "a..b", "a-b", "é"} {
		e := entry(0)
		e.Action = action
		if e.Check() == nil {
			t.Errorf("action %q", action)
		}
	}
}
