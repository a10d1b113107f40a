package report

import (
	"encoding/csv"
	"io"
	"strconv"

	"github.com/xuri/excelize/v2"
)

// Sheet is a report as a table: a row for each day, a column for each figure and
// for each of its details.
type Sheet struct {
	Title string
	head  []string
	rows  []row
}

// row is a day's counts.
type row struct {
	day string
	n   []int64
}

// Column is what a column of a sheet counts: a figure, or one detail of it.
type Column struct {
	Figure Figure
	Detail string // "" for all
}

// columns lists what the sheet of a report has: every figure, and those details
// of it that were counted in the period.
func (r Report) columns() (all []Column) {
	for _, f := range Figures() {
		all = append(all, Column{Figure: f})
		for _, d := range r.Details(f) {
			if f != Accounts { // has but one
				all = append(all, Column{f, d})
			}
		}
	}
	return all
}

// Sheet makes the table. name gives the words for a column; the first one is the
// day's.
func (r Report) Sheet(title, day string, name func(Column) string) Sheet {
	s := Sheet{Title: title, head: []string{day}, rows: make([]row, len(r.Days))}
	for i, d := range r.Days {
		s.rows[i].day = d
	}
	for _, c := range r.columns() {
		s.head = append(s.head, name(c))
		var line []int64
		if c.Detail == "" {
			line = r.Line(c.Figure)
		} else {
			line = r.Line(c.Figure, c.Detail)
		}
		for i, n := range line {
			s.rows[i].n = append(s.rows[i].n, n)
		}
	}
	return s
}

// WriteCSV writes the sheet as RFC 4180 has it, with the mark at its beginning by
// which spreadsheet programs know UTF-8.
func (s Sheet) WriteCSV(w io.Writer) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(s.head); err != nil {
		return err
	}
	for _, row := range s.rows {
		cells := []string{row.day}
		for _, n := range row.n {
			cells = append(cells, strconv.FormatInt(n, 10))
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// WriteXLSX writes the sheet as a workbook (ISO/IEC 29500).
func (s Sheet) WriteXLSX(w io.Writer) error {
	f := excelize.NewFile()
	defer f.Close()
	const name = "Signoff"
	if err := f.SetSheetName("Sheet1", name); err != nil {
		return err
	}
	if err := f.SetDocProps(&excelize.DocProperties{Title: s.Title, Creator: name}); err != nil {
		return err
	}
	out, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	if err := s.fill(out, bold); err != nil {
		return err
	}
	return f.Write(w)
}

func (s Sheet) fill(out *excelize.StreamWriter, bold int) error {
	const wide, narrow = 12, 14
	if err := out.SetColWidth(1, 1, wide); err != nil {
		return err
	}
	if err := out.SetColWidth(2, max(2, len(s.head)), narrow); err != nil {
		return err
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}); err != nil {
		return err
	}
	head := make([]any, len(s.head))
	for i, h := range s.head {
		head[i] = excelize.Cell{StyleID: bold, Value: h}
	}
	if err := out.SetRow("A1", head); err != nil {
		return err
	}
	for i, row := range s.rows {
		cells := []any{row.day}
		for _, n := range row.n {
			cells = append(cells, n)
		}
		if err := out.SetRow("A"+strconv.Itoa(i+2), cells); err != nil {
			return err
		}
	}
	return out.Flush()
}
