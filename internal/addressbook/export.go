package addressbook

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
)

// version of the format that one Signoff writes for another.
const version = 1

// exportLine is one line of an export: exactly one of its fields is set. The first is
// Head, the last is End; organisations come before their departments, parents
// before children, and both before accounts.
type exportLine struct {
	Head         *Head         `json:"signoff,omitempty"`
	Organisation *Organisation `json:"organisation,omitempty"`
	Department   *Department   `json:"department,omitempty"`
	Account      *Account      `json:"account,omitempty"`
	End          *End          `json:"end,omitempty"`
}

// Head says what the file is and where it comes from.
type Head struct {
	Version    int       `json:"version"`
	Issuer     string    `json:"issuer"`
	ExportedAt time.Time `json:"exported_at"`
}

// Organisation is an organisation under the id that it keeps.
type Organisation struct {
	ID            string    `json:"id"`
	Name          string    `json:"name"`
	Certification string    `json:"certification"`
	CreatedAt     time.Time `json:"created_at"`
}

// Department is a node of an organisation's tree under the id that it keeps.
type Department struct {
	ID             string    `json:"id"`
	OrganisationID string    `json:"organisation_id"`
	ParentID       string    `json:"parent_id,omitempty"`
	Name           string    `json:"name"`
	CreatedAt      time.Time `json:"created_at"`
}

// Account is a person under the id that the account keeps.
type Account struct {
	ID          string       `json:"id"`
	Name        string       `json:"name,omitempty"`
	Locale      string       `json:"locale"`
	CreatedAt   time.Time    `json:"created_at"`
	Stolen      bool         `json:"stolen,omitempty"`
	Banned      bool         `json:"banned,omitempty"`
	Paused      bool         `json:"paused,omitempty"`
	Identifiers []Identifier `json:"identifiers"`
	Password    string       `json:"password,omitempty"` // the PHC string of its hash
	Memberships []Place      `json:"memberships,omitempty"`
}

// Identifier is one name to sign in with.
type Identifier struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

// Place is where an account stands in an organisation.
type Place struct {
	OrganisationID string    `json:"organisation_id"`
	DepartmentID   string    `json:"department_id,omitempty"`
	Role           string    `json:"role"`
	Offices        []string  `json:"offices,omitempty"`
	JoinedAt       time.Time `json:"joined_at"`
}

// End counts what came before: a file without it has been cut off.
type End struct {
	Organisations int `json:"organisations"`
	Departments   int `json:"departments"`
	Accounts      int `json:"accounts"`
}

// export reads another Signoff's file.
type export struct {
	file  *os.File
	lines *bufio.Scanner
	row   int
	seen  End
	ended bool
}

func openExport(path string) (Rows, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	s := bufio.NewScanner(f)
	s.Buffer(make([]byte, 0, 64<<10), maxRow)
	e := &export{file: f, lines: s}
	first, err := e.line()
	if errors.Is(err, io.EOF) || err == nil && first.Head == nil {
		err = e.broken()
	}
	if err == nil && first.Head.Version != version {
		err = fault.New(fault.Invalid, "import_version_unknown", "version", first.Head.Version, "known", version)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return e, nil
}

func (e *export) Close() error { return e.file.Close() }

func (e *export) broken() error {
	return fault.New(fault.Invalid, "import_line_unreadable", "line", max(e.row, 1))
}

// line reads the next line, which holds one thing and nothing unknown.
func (e *export) line() (exportLine, error) {
	var l exportLine
	if !e.lines.Scan() {
		switch err := e.lines.Err(); {
		case errors.Is(err, bufio.ErrTooLong):
			return l, fault.New(fault.TooLarge, "import_row_too_large", "row", e.row+1, "max", maxRow)
		case err != nil:
			return l, err
		}
		return l, io.EOF
	}
	e.row++
	dec := json.NewDecoder(bytes.NewReader(e.lines.Bytes()))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&l); err != nil || dec.More() || l.count() != 1 {
		return l, e.broken()
	}
	return l, nil
}

func (l exportLine) count() (n int) {
	for _, is := range []bool{l.Head != nil, l.Organisation != nil, l.Department != nil, l.Account != nil, l.End != nil} {
		if is {
			n++
		}
	}
	return n
}

// Next implements Rows.
func (e *export) Next() (Item, error) {
	l, err := e.line()
	switch {
	case errors.Is(err, io.EOF):
		if !e.ended {
			return Item{}, fault.New(fault.Invalid, "import_truncated")
		}
		return Item{}, io.EOF
	case err != nil:
		return Item{}, err
	case e.ended, l.Head != nil:
		return Item{}, e.broken()
	}
	item := Item{Row: e.row}
	switch {
	case l.End != nil:
		if e.ended = *l.End == e.seen; !e.ended {
			return Item{}, fault.New(fault.Invalid, "import_truncated")
		}
		return e.Next()
	case l.Organisation != nil:
		e.seen.Organisations++
		item.Organisation = l.Organisation
	case l.Department != nil:
		e.seen.Departments++
		item.Department = l.Department
	default:
		if e.seen.Accounts++; e.seen.Accounts > maxRows {
			return Item{}, tooManyRows()
		}
		item.Person = l.Account.person()
	}
	return item, nil
}

func (a *Account) person() *Person {
	p := &Person{Account: a.ID, Name: a.Name, Locale: a.Locale, Hash: a.Password, Places: a.Memberships,
		Stolen: a.Stolen, Banned: a.Banned, Paused: a.Paused, CreatedAt: a.CreatedAt}
	for _, id := range a.Identifiers {
		p.Names = append(p.Names, Name{Kind: id.Kind, Value: id.Value, Column: "identifiers"})
	}
	if !isCell(a.Name) {
		p.At("name", "import_cell_invalid", "max", maxCell)
	}
	return p
}

// Writer writes an export, line by line.
type Writer struct {
	enc  *json.Encoder
	seen End
}

// NewWriter begins an export.
func NewWriter(w io.Writer, h Head) (*Writer, error) {
	out := &Writer{enc: json.NewEncoder(w)}
	out.enc.SetEscapeHTML(false)
	h.Version = version
	return out, out.enc.Encode(exportLine{Head: &h})
}

// Organisation writes one.
func (w *Writer) Organisation(o Organisation) error {
	w.seen.Organisations++
	return w.enc.Encode(exportLine{Organisation: &o})
}

// Department writes one.
func (w *Writer) Department(d Department) error {
	w.seen.Departments++
	return w.enc.Encode(exportLine{Department: &d})
}

// Account writes one.
func (w *Writer) Account(a Account) error {
	w.seen.Accounts++
	return w.enc.Encode(exportLine{Account: &a})
}

// Close writes the last line, without which nobody takes the file.
func (w *Writer) Close() (End, error) { return w.seen, w.enc.Encode(exportLine{End: &w.seen}) }
