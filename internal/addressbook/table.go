package addressbook

import (
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/signoff-id/signoff/internal/fault"
)

// table is a sheet: rows of cells.
type table interface {
	// next gives the next row that is not empty and where it stands. The cells
	// are the caller's until the next call.
	next() (row int, cells []string, err error)
	close() error
}

// column is what stands in a column that is taken.
type column struct {
	field   string
	heading string
}

// openTable finds the row of headings. It need not be the first: templates of
// address books begin with words about how to fill them in.
func openTable(o Options, open func() (table, error)) (*Book, error) {
	t, err := open()
	if err != nil {
		return nil, err
	}
	defer t.close()
	for n := range maxHeadings {
		_, cells, err := t.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		head, ok := readHeadings(cells, o)
		if !ok {
			continue
		}
		b := &Book{Format: o.Format, Source: head.source, Ignored: head.ignored}
		b.open = func() (Rows, error) {
			t, err := open()
			if err != nil {
				return nil, err
			}
			for range n + 1 {
				if _, _, err := t.next(); err != nil {
					return nil, errors.Join(err, t.close())
				}
			}
			return &sheet{table: t, head: head}, nil
		}
		return b, nil
	}
	if len(o.Columns) > 0 {
		return nil, fault.New(fault.Invalid, "import_column_unknown", "columns", sortedHeadings(o.Columns))
	}
	return nil, fault.New(fault.Invalid, "import_headings_missing")
}

// sheet reads people out of a table below its headings.
type sheet struct {
	table table
	head  headings
	count int
}

func (s *sheet) Close() error { return s.table.close() }

// Next implements Rows.
func (s *sheet) Next() (Item, error) {
	row, cells, err := s.table.next()
	if err != nil {
		return Item{}, err
	}
	if s.count++; s.count > maxRows {
		return Item{}, tooManyRows()
	}
	return Item{Row: row, Person: s.head.person(cells)}, nil
}

func tooManyRows() error {
	return fault.New(fault.TooLarge, "import_too_many_rows", "max", maxRows)
}

// person reads one row.
func (h *headings) person(cells []string) *Person {
	p := &Person{}
	for i, cell := range cells {
		cell = strings.TrimSpace(cell)
		if cell == "" {
			continue
		}
		if i >= len(h.columns) {
			p.At("", "import_more_cells")
			break
		}
		c := h.columns[i]
		if c.field == "" {
			continue
		}
		if !isCell(cell) {
			p.At(c.heading, "import_cell_invalid", "max", maxCell)
			continue
		}
		switch c.field {
		case fieldName:
			p.Name = cell
		case fieldLocale:
			p.Locale = cell
		case fieldKey:
			p.Key = cell
		case fieldDepartment:
			p.place(c.heading, h.paths(cell))
		default:
			p.Names = append(p.Names, Name{Kind: c.field, Value: cell, Column: c.heading})
		}
	}
	return p
}

// place takes the first of several departments: a person stands in one.
func (p *Person) place(heading string, paths [][]string) {
	if len(paths) == 0 {
		return
	}
	if len(paths) > 1 {
		p.LeftOut = append(p.LeftOut, LeftDepartment)
	}
	if p.Department != nil { // a column before this one
		p.LeftOut = append(p.LeftOut, LeftDepartment)
		return
	}
	p.Department = paths[0]
	checkPath(p, heading)
}

func checkPath(p *Person, heading string) {
	if len(p.Department) > maxDepth {
		p.At(heading, "department_too_deep", "max", maxDepth)
	}
	if slices.ContainsFunc(p.Department, func(n string) bool { return len([]rune(n)) > maxNameRunes }) {
		p.At(heading, "name_too_long", "max", maxNameRunes)
	}
}

// paths reads the departments of a cell.
func (h *headings) paths(cell string) (all [][]string) {
	for _, one := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(h.between, r) }) {
		if path := split(one, h.separator); path != nil {
			all = append(all, path)
		}
	}
	return all
}

// split reads one department's path.
func split(path, separator string) (names []string) {
	for name := range strings.SplitSeq(path, separator) {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// isCell refuses what is no word of an address book: a book, or controls that a
// terminal or a database might act on.
func isCell(cell string) bool {
	return len(cell) <= maxCell && !strings.ContainsFunc(cell, func(r rune) bool { return r < ' ' || r == 0x7f || r == 0xfffd })
}
