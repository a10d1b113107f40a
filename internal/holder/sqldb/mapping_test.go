package sqldb_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder/sqldb"
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/texts"
)

// refused checks that err refuses with this code at this line, and that the
// reason can be said in both languages with nothing left open.
func refused(t *testing.T, err error, whole, line, code string) {
	t.Helper()
	f := fault.Of(err)
	if err == nil || f.Code != whole {
		t.Fatalf("got %v, want %s", err, whole)
	}
	catalogue, loadErr := texts.Load()
	if loadErr != nil {
		t.Fatal(loadErr)
	}
	found := false
	for _, field := range f.Fields {
		found = found || field.Code == code && (line == "" || strings.HasPrefix(field.Path, "line "+line+","))
		for _, lang := range language.All() {
			text := catalogue.Text(lang, "fault."+field.Code, field.Args)
			if text == "" || strings.Contains(text, "no value") || strings.Contains(text, field.Code) {
				t.Errorf("%s in %s says %q", field.Code, lang, text)
			}
		}
	}
	if !found {
		t.Errorf("got %v, want %s at line %s", err, code, line)
	}
}

const head = "dsn: sqlite:x.db\nbases:\n  law: {zh-CN: 法, en: law}\ntables:\n" // the first entry is on line 5

func TestMappingIsRefusedWithItsLine(t *testing.T) {
	person := "person: {column: a, match: account}"
	for name, c := range map[string]struct{ text, line, code string }{
		"not YAML":                     {"dsn: [", "1", "yaml_syntax"},
		"a list":                       {"- a", "1", "holder_field_not_fields"},
		"no tables":                    {"dsn: sqlite:x.db", "1", "holder_field_missing"},
		"no dsn":                       {"tables: []", "1", "holder_field_missing"},
		"empty tables":                 {"dsn: sqlite:x.db\ntables: []", "2", "holder_field_not_list"},
		"other database":               {"dsn: mysql://root:geheim@db/x\ntables:\n  - {table: a, action: delete, " + person + "}", "1", "holder_dsn_invalid"},
		"bad postgres":                 {"dsn: postgres://u:geheim@h:port/x\ntables:\n  - {table: a, action: delete, " + person + "}", "1", "holder_dsn_invalid"},
		"unknown field":                {head + "  - {table: a, action: delete, colour: red, " + person + "}", "5", "holder_field_unknown"},
		"unknown at the top":           {"color: red\n" + head + "  - {table: a, action: delete, " + person + "}", "1", "holder_field_unknown"},
		"field of another":             {head + "  - {table: a, action: delete, blank: [x], " + person + "}", "5", "holder_field_unknown"},
		"unknown action":               {head + "  - {table: a, action: shred, " + person + "}", "5", "holder_field_among"},
		"unknown match":                {head + "  - table: a\n    action: delete\n    person: {column: a, match: name}", "7", "holder_field_among"},
		"both ways":                    {head + "  - {table: a, action: delete, " + person + ", via: {column: b, table: c}}", "5", "holder_way"},
		"an organisation and a person": {head + "  - {table: a, action: delete, " + person + "}\norganisations:\n  - {table: a, action: delete, " + person + "}", "7", "holder_field_unknown"},
		"no organisation":              {head + "  - {table: a, action: delete, " + person + "}\norganisations:\n  - {table: a, action: delete}", "7", "holder_way_organisation"},
		"an organisation's link stays": {head + "  - {table: a, action: delete, " + person + "}\norganisations:\n  - {table: a, action: blank, blank: [x], organisation: {column: o}}", "7", "holder_link_stays"},
		"a successor by e-mail":        {head + "  - {table: a, action: delete, " + person + "}\norganisations:\n  - {table: a, action: reassign, reassign: {column: o, to: successor, match: email}, organisation: {column: o}}", "7", "holder_field_unknown"},
		"no way":                       {head + "  - {table: a, action: delete}", "5", "holder_way"},
		"number for a name":            {head + "  - {table: 1, action: delete, " + person + "}", "5", "holder_field_not_text"},
		"text for columns":             {head + "  - {table: a, action: blank, blank: a, " + person + "}", "5", "holder_field_not_list"},
		"text for a person":            {head + "  - {table: a, action: delete, person: a}", "5", "holder_field_not_fields"},
		"column twice":                 {head + "  - {table: a, action: blank, blank: [a, A], " + person + "}", "5", "holder_column_twice"},
		"blank and pseudonym":          {head + "  - {table: a, action: pseudonymise, pseudonymise: [a], blank: [a], " + person + "}", "5", "holder_column_twice"},
		"entry twice":                  {head + "  - {table: a, action: delete, " + person + "}\n  - {table: a, action: delete, " + person + "}", "6", "holder_entry_twice"},
		"via nothing":                  {head + "  - {table: a, action: delete, via: {column: b, table: c}}", "5", "holder_via_unknown"},
		"via itself":                   {head + "  - {table: a, action: delete, via: {column: b, table: a}}", "5", "holder_via_itself"},
		"via in a circle": {head + "  - {table: a, action: delete, via: {column: b, table: c}}\n" +
			"  - {table: b, action: delete, via: {column: b, table: a}}\n  - {table: c, action: delete, via: {column: b, table: b}}", "5", "holder_via_circle"},
		"link stays":      {head + "  - {table: a, action: blank, blank: [b], " + person + "}", "5", "holder_link_stays"},
		"kept as it is":   {head + "  - {table: a, action: keep, until: {years: 1}, basis: law, " + person + "}", "5", "holder_link_stays"},
		"link dangles":    {head + "  - {table: p, action: delete, " + person + "}\n  - {table: a, action: blank, blank: [b], via: {column: c, table: p}}", "6", "holder_link_stays"},
		"kept for ever":   {head + "  - {table: a, action: keep, until: {}, basis: law, blank: [a], " + person + "}", "5", "holder_period_empty"},
		"kept for weeks":  {head + "  - {table: a, action: keep, until: {weeks: 1}, basis: law, blank: [a], " + person + "}", "5", "holder_field_unknown"},
		"kept until -1":   {head + "  - {table: a, action: keep, until: {days: -1}, basis: law, blank: [a], " + person + "}", "5", "holder_number"},
		"without a basis": {head + "  - {table: a, action: keep, until: {days: 1}, blank: [a], " + person + "}", "5", "holder_field_missing"},
		"unknown basis":   {head + "  - {table: a, action: keep, until: {days: 1}, basis: custom, blank: [a], " + person + "}", "5", "holder_basis_unknown"},
		"basis in one language": {"dsn: sqlite:x.db\nbases:\n  law: {en: law}\ntables:\n  - {table: a, action: delete, " + person + "}", "3",
			"holder_field_missing"},
		"basis with a space": {"dsn: sqlite:x.db\nbases:\n  the law: {en: law, zh-CN: 法}\ntables:\n  - {table: a, action: delete, " + person + "}", "3",
			"holder_basis_id"},
		"keep and delete": {head + "  - {table: a, action: delete, " + person + "}\n  - {table: a, name: b, action: keep, until: {days: 1}, basis: law, blank: [a], " + person + "}",
			"6", "holder_keep_and_delete"},
		"successor of what":   {head + "  - {table: a, action: reassign, reassign: {column: a, to: successor}, " + person + "}", "5", "holder_field_missing"},
		"match for a literal": {head + "  - {table: a, action: reassign, reassign: {column: a, to: pool, match: account}, " + person + "}", "5", "holder_reassign_literal"},
		"match for a link": {head + "  - {table: p, action: delete, " + person + "}\n  - {table: a, action: reassign, reassign: {column: c, to: successor, match: account}, via: {column: c, table: p}}",
			"6", "holder_reassign_link"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := sqldb.Open("crm", []byte(c.text), t.TempDir(), "")
			refused(t, err, "holder_mapping_invalid", c.line, c.code)
			if strings.Contains(err.Error(), "geheim") {
				t.Errorf("the refusal %q holds a password", err)
			}
		})
	}
}

func TestAllMistakesAreNamedAtOnce(t *testing.T) {
	_, err := sqldb.Open("crm", []byte(head+"  - {table: a, action: shred, person: {column: a, match: name}}\n  - {table: b, action: delete}"), "", "")
	if got := fault.Of(err); len(got.Fields) != 3 {
		t.Errorf("got %v", err)
	}
}

func TestDatabaseOutsideTheMapping(t *testing.T) {
	mapping := "tables:\n  - {table: a, action: delete, person: {column: a, match: account}}"
	_, err := sqldb.Open("crm", []byte(mapping), "", "postgres://u:geheim@[::1/x")
	refused(t, err, "holder_mapping_invalid", "", "holder_dsn_invalid")
	if strings.Contains(err.Error(), "geheim") {
		t.Errorf("the refusal %q holds a password", err)
	}
	h, err := sqldb.Open("crm", []byte(mapping), t.TempDir(), "sqlite:crm.db")
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if err := h.Check(t.Context()); !fault.Is(err, "holder_unreachable") {
		t.Errorf("a missing file: %v", err)
	}
	if err := errors.Join(h.Check(t.Context())); !fault.Is(err, "holder_unreachable") {
		t.Errorf("the check made the file: %v", err)
	}
}

func TestUnreachableDatabaseKeepsItsPassword(t *testing.T) {
	mapping := "tables:\n  - {table: a, action: delete, person: {column: a, match: account}}"
	h, err := sqldb.Open("crm", []byte(mapping), "", "postgres://u:geheim@127.0.0.1:1/x")
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	if err := h.Check(t.Context()); !fault.Is(err, "holder_unreachable") || strings.Contains(err.Error(), "geheim") {
		t.Errorf("got %v", err)
	}
}
