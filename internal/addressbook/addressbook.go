// Package addressbook reads lists of people out of files. They are address
// books as spreadsheets (CSV, XLSX), a Keycloak realm's export and another
// Signoff's. It reads one row after the other, whatever the size of the file,
// takes nothing in a file for true, and knows no database.
package addressbook

import (
	"bytes"
	"errors"
	"io"
	"os"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
)

// The formats of files.
const (
	CSV      = "csv"      // UTF-8, UTF-16 or GB18030
	XLSX     = "xlsx"     // Office Open XML
	Keycloak = "keycloak" // a realm's export, JSON
	Signoff  = "signoff"  // another Signoff's export, JSON Lines
)

// Formats lists them.
func Formats() []string { return []string{CSV, XLSX, Keycloak, Signoff} }

// The bounds of what is read. No honest file comes near them.
const (
	maxRows      = 1_000_000 // rows of a file
	maxRow       = 1 << 20   // bytes of one row, or of one person in JSON
	maxCell      = 4096      // bytes of one cell that is taken
	maxUnpacked  = 1 << 30   // bytes of a workbook when unpacked
	maxHeadings  = 20        // rows in which the headings are looked for
	maxColumns   = 256
	maxDepth     = 32 // of the departments' tree
	maxNameRunes = 200
)

// Name is one name of a person to sign in with, as the file writes it.
type Name struct {
	Kind   string // mobile, email or username
	Value  string
	Column string // the heading that it stood under
}

// Wrong is something in a row that keeps it from being taken.
type Wrong struct {
	Column string // "" for the row as a whole
	Code   string
	Args   map[string]any
}

// Person is one row. Wrong says what reading alone found; whether names are
// well-formed and free is for others to say.
type Person struct {
	Key        string   // what the source calls the person, for ever; or ""
	Name       string   // what the person is called
	Locale     string   // the language of notices, or ""
	Names      []Name   // to sign in with
	Department []string // the path from the root; nil for none
	Hash       string   // the PHC string of a password that can be verified, or ""
	Wrong      []Wrong
	LeftOut    []string // codes of what the row has and is not taken

	// What only another Signoff knows.
	Account        string
	Places         []Place
	Stolen, Banned bool
	Paused         bool
	CreatedAt      time.Time
}

// At notes something wrong under a heading.
func (p *Person) At(column, code string, args ...any) {
	p.Wrong = append(p.Wrong, Wrong{Column: column, Code: code, Args: fault.Pairs(args...)})
}

// The codes of what is not taken.
const (
	LeftDepartment = "further_department" // a person stands in one place only
	LeftDisabled   = "disabled"           // switched off at the source
	LeftMachine    = "service_account"    // nobody
	LeftUnverified = "email_not_verified"
	LeftPassword   = "password"      // a hash that cannot be verified here
	LeftRoles      = "role_mappings" // a realm's or a client's
	LeftFederated  = "federated"     // the password is somewhere else
	LeftFactor     = "second_factor" // bound to the source
)

// Item is one thing in a file: a person, or, but for address books, something
// that people are in.
type Item struct {
	Row          int // where it stands: a line or row from 1, in JSON the n-th of its list
	Person       *Person
	Path         []string // a department without people
	Organisation *Organisation
	Department   *Department
}

// Rows reads a file from its start. Next answers io.EOF after the last item, and
// a fault when nothing after this place can be read any more.
type Rows interface {
	Next() (Item, error)
	Close() error
}

// Options say how a file is read.
type Options struct {
	// Format is one of Formats; "" looks at the file.
	Format string
	// Columns says what stands under a heading, of Fields; those that are not
	// named are recognised by themselves. In a realm's export headings are the
	// names of attributes.
	Columns map[string]string
	// Sheet of a workbook; "" is the first.
	Sheet string
	// Separator between the levels of a department's path; "" is the format's.
	Separator string
	// UnverifiedEmail takes addresses that Keycloak has not verified.
	UnverifiedEmail bool
	// Dir is where large workbooks are unpacked; it must be private. "" is the
	// system's.
	Dir string
}

// Book is a file whose kind and headings are known.
type Book struct {
	Format string
	// Source names what the keys are of: dingtalk, wecom, keycloak, signoff or
	// addressbook.
	Source string
	// Ignored are headings under which nothing is taken.
	Ignored []string
	open    func() (Rows, error)
}

// Rows begins to read; a book may be read several times.
func (b *Book) Rows() (Rows, error) { return b.open() }

// Open looks at a file: what it is and which columns it has.
func Open(path string, o Options) (*Book, error) {
	for _, field := range o.Columns {
		if !isField(field) {
			return nil, fault.New(fault.Invalid, "import_field_unknown", "known", fieldNames())
		}
	}
	if o.Format == "" {
		var err error
		if o.Format, err = sniff(path); err != nil {
			return nil, err
		}
	}
	switch o.Format {
	case CSV:
		return openTable(o, func() (table, error) { return openCSV(path) })
	case XLSX:
		if err := checkWorkbook(path); err != nil {
			return nil, err
		}
		return openTable(o, func() (table, error) { return openXLSX(path, o) })
	case Keycloak:
		return &Book{Format: Keycloak, Source: "keycloak", open: func() (Rows, error) { return openRealm(path, o) }}, nil
	case Signoff:
		return &Book{Format: Signoff, Source: "signoff", open: func() (Rows, error) { return openExport(path) }}, nil
	}
	return nil, fault.New(fault.Invalid, "import_format_unknown", "known", Formats())
}

// sniff tells the format by the first bytes.
func sniff(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	head := make([]byte, 512)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return "", err
	}
	head = head[:n]
	text := bytes.TrimLeft(bytes.TrimPrefix(head, utf8BOM), " \t\r\n")
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return XLSX, nil
	case bytes.HasPrefix(text, []byte(`{"signoff":`)):
		return Signoff, nil
	case bytes.HasPrefix(text, []byte("{")):
		return Keycloak, nil
	}
	return CSV, nil
}
