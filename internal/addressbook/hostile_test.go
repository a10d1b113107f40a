package addressbook_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/signoff-id/signoff/internal/addressbook"
	"github.com/signoff-id/signoff/internal/fault"
)

func workbook(t testing.TB, fill func(f *excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	if fill != nil {
		fill(f)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// zipped gives a zip file of parts.
func zipped(t testing.TB, parts map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// lying makes every part of a zip file say that it unpacks to one byte.
func lying(file string) string {
	b := []byte(file)
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte("PK\x01\x02"))
		if i < 0 {
			return string(b)
		}
		at += i
		binary.LittleEndian.PutUint32(b[at+24:], 1)
		at += 4
	}
}

// What is sent to harm is refused by a code, and soon.
func TestHostileFilesAreRefused(t *testing.T) {
	head := "name,username\n"
	bomb := strings.Repeat("\x00", 80<<20)
	for name, c := range map[string]struct{ text, code string }{
		"nothing":                     {"", "import_headings_missing"},
		"a line without an end":       {head + "a," + strings.Repeat("x", 10<<20), "import_row_too_large"},
		"a quotation without an end":  {head + `"` + strings.Repeat("x\n", 5<<20), "import_row_too_large"},
		"headings without an end":     {strings.Repeat("x", 10<<20), "import_row_too_large"},
		"a torn quotation":            {head + "\"a,b\n", "import_unreadable"},
		"no text":                     {head + "a\x00b,c\n", "import_encoding_unknown"},
		"no encoding that is known":   {head + "\xff\xff\xff\xff,c\n", "import_encoding_unknown"},
		"a zip that is no workbook":   {zipped(t, map[string]string{"a": "b"}), "import_workbook_unreadable"},
		"a bomb":                      {zipped(t, map[string]string{"xl/media/a.png": bomb}), "import_unpacks_too_large"},
		"a bomb that says it is none": {lying(zipped(t, map[string]string{"xl/media/a.png": bomb})), "import_workbook_unreadable"},
		"a cell without an end":       {zipped(t, map[string]string{"xl/sharedStrings.xml": "<sst><si><t>" + strings.Repeat("x", 4<<20)}), "import_cell_too_large"},
		"half a workbook":             {workbook(t, nil)[:2000], "import_workbook_unreadable"},
		"half a realm":                {`{"users":[{"id":"1"},`, "import_truncated"},
		"a realm of another shape":    {`{"users":{"id":"1"}}`, "import_json_unreadable"},
		"a user of another shape":     {`{"users":[{"id":1}]}`, "import_json_unreadable"},
		"a user without an end":       {`{"users":[{"id":"` + strings.Repeat("x", 10<<20), "import_row_too_large"},
		"something after a realm":     {`{"users":[]} {}`, "import_json_unreadable"},
		"a deep user":                 {`{"users":[{"x":` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + `}]}`, "import_json_unreadable"},
		"an export without a head":    {`{"signoff":null}` + "\n", "import_line_unreadable"},
		"an export of tomorrow":       {`{"signoff":{"version":2,"issuer":"","exported_at":"2026-03-02T00:00:00Z"}}` + "\n", "import_version_unknown"},
		"an export with more in it":   {`{"signoff":{"version":1,"issuer":"","exported_at":"2026-03-02T00:00:00Z","grants":1}}` + "\n", "import_line_unreadable"},
		"an export without an end":    {`{"signoff":{"version":1,"issuer":"","exported_at":"2026-03-02T00:00:00Z"}}` + "\n", "import_truncated"},
		"an export with a long line":  {`{"signoff":{"version":1,"issuer":"` + strings.Repeat("x", 2<<20), "import_row_too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			_, all, err := read(fileOf(t, c.text), addressbook.Options{Dir: t.TempDir()})
			if !fault.Is(err, c.code) {
				t.Errorf("%d items, %v; want %s", len(all), err, c.code)
			}
			if strings.Contains(strings.ToLower(fault.Of(err).Error()), strings.Repeat("x", 20)) {
				t.Error("the error quotes the file")
			}
		})
	}
}

// A realm's settings may be nested as they like: they are passed over.
func TestWhatIsPassedOverMayBeDeep(t *testing.T) {
	text := `{"x":` + strings.Repeat("[", 100_000) + strings.Repeat("]", 100_000) + `,"users":[{"id":"1","username":"kim"}]}`
	if _, all, err := read(fileOf(t, text), addressbook.Options{}); err != nil || len(all) != 1 {
		t.Errorf("%d items, %v", len(all), err)
	}
}

// A cell is a text and nothing else: a formula is what it last gave, controls
// are refused, and what a spreadsheet would take for a formula is a name.
func TestCellsAreTexts(t *testing.T) {
	book := workbook(t, func(f *excelize.File) {
		for cell, v := range map[string]string{"A1": "name", "B1": "username", "A2": "=1+1", "B2": "two"} {
			if err := f.SetCellStr("Sheet1", cell, v); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.SetCellFormula("Sheet1", "A3", "HYPERLINK(\"http://example.com\")"); err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStr("Sheet1", "B3", "three"); err != nil {
			t.Fatal(err)
		}
	})
	_, all, err := read(fileOf(t, book), addressbook.Options{})
	if err != nil || len(all) != 2 || all[0].Person.Name != "=1+1" || all[1].Person.Name != "" {
		t.Errorf("%v, %+v", err, all)
	}
	_, all, err = read(fileOf(t, "name,username\n\"a\x1b[31m\",one\n"+strings.Repeat("x", 5000)+",two\n,three,four\n"), addressbook.Options{})
	if err != nil || len(all) != 3 {
		t.Fatalf("%v, %+v", err, all)
	}
	for i, want := range []string{"import_cell_invalid", "import_cell_invalid", "import_more_cells"} {
		if w := all[i].Person.Wrong; len(w) != 1 || w[0].Code != want {
			t.Errorf("row %d: %+v", all[i].Row, w)
		}
	}
}

// Whatever is in a file, reading it ends in rows or in a code.
func FuzzText(f *testing.F) {
	for _, seed := range []string{"姓名,手机\n张三,1\n", "name,username\n\"a\",b\n", "\xff\xfe\x00a", `{"users":[{"id":"1","groups":["/a"]}],"groups":[{"name":"a"}]}`,
		`{"signoff":{"version":1,"issuer":"x","exported_at":"2026-03-02T00:00:00Z"}}` + "\n" + `{"end":{}}` + "\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		fuzz(t, text, addressbook.CSV, addressbook.Keycloak, addressbook.Signoff, "")
	})
}

// A workbook is a zip file of XML, and neither need be well made. The fuzzed
// part is a sheet.
func FuzzWorkbook(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>手机</t></is></c></row><row r="2"><c r="A2"><v>1.38E10</v></c></row></sheetData></worksheet>`))
	f.Add([]byte(`<worksheet><sheetData><row r="9999999"><c r="XFD1"/></row>`))
	f.Fuzz(func(t *testing.T, sheet []byte) {
		fuzz(t, []byte(zipped(t, map[string]string{"xl/worksheets/sheet1.xml": string(sheet),
			"xl/workbook.xml":            `<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`})),
			addressbook.XLSX)
	})
}

func fuzz(t *testing.T, text []byte, formats ...string) {
	t.Helper()
	path := t.TempDir() + "/in"
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, format := range formats {
		if _, _, err := read(path, addressbook.Options{Format: format}); err != nil && fault.Of(err).Code == "internal" {
			t.Errorf("%q: %v", format, err)
		}
	}
}
