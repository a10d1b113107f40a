package addressbook

import (
	"errors"
	"io"
	"math/big"
	"regexp"

	"github.com/xuri/excelize/v2"

	"github.com/signoff-id/signoff/internal/fault"
)

// xlsxTable reads one sheet of a workbook, one row after the other. What does
// not fit into a few megabytes lies unpacked in a folder meanwhile.
type xlsxTable struct {
	file *excelize.File
	rows *excelize.Rows
	row  int
}

func openXLSX(path string, o Options) (table, error) {
	f, err := excelize.OpenFile(path, excelize.Options{UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxPart, RawCellValue: true, TmpDir: o.Dir})
	if err != nil {
		return nil, workbookBroken(err)
	}
	name := o.Sheet
	if all := f.GetSheetList(); name == "" && len(all) > 0 {
		name = all[0]
	}
	rows, err := f.Rows(name)
	if err != nil {
		if _, missing := errors.AsType[excelize.ErrSheetNotExist](err); missing || o.Sheet != "" {
			return nil, errors.Join(fault.New(fault.NotFound, "import_sheet_missing"), f.Close())
		}
		return nil, errors.Join(workbookBroken(err), f.Close())
	}
	return &xlsxTable{file: f, rows: rows}, nil
}

// workbookBroken hides what the library says: it may quote the file.
func workbookBroken(err error) error {
	return fault.New(fault.Invalid, "import_workbook_unreadable").Because(err)
}

func (t *xlsxTable) close() error { return errors.Join(t.rows.Close(), t.file.Close()) }

func (t *xlsxTable) next() (int, []string, error) {
	for t.rows.Next() {
		t.row++
		cells, err := t.rows.Columns()
		if err != nil {
			return 0, nil, workbookBroken(err)
		}
		if blank(cells) {
			continue
		}
		for i, c := range cells {
			cells[i] = whole(c)
		}
		return t.row, cells, nil
	}
	if err := t.rows.Error(); err != nil {
		return 0, nil, workbookBroken(err)
	}
	return 0, nil, io.EOF
}

var power = regexp.MustCompile(`^[0-9](\.[0-9]{1,16})?E\+?[0-9]{1,2}$`)

// whole writes a number as the digits that it has: a phone number that was
// typed into a cell of numbers may be kept as 1.38001380001E10.
func whole(cell string) string {
	if !power.MatchString(cell) {
		return cell
	}
	if r, ok := new(big.Rat).SetString(cell); ok && r.IsInt() {
		return r.Num().String()
	}
	return cell
}
