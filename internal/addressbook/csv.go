package addressbook

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/signoff-id/signoff/internal/fault"
)

// csvTable reads RFC 4180, with a comma, a semicolon or a tab between cells.
type csvTable struct {
	file   *os.File
	budget *budget
	reader *csv.Reader
	row    int
}

func openCSV(path string) (table, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	text, err := textOf(f)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	b := &budget{r: text}
	b.renew()
	lines := bufio.NewReaderSize(b, 64<<10)
	r := csv.NewReader(lines)
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = commaOf(lines), -1, true
	return &csvTable{file: f, budget: b, reader: r}, nil
}

// commaOf looks for what stands between cells, by counting at the beginning:
// Excel writes what the system's region says.
func commaOf(r *bufio.Reader) rune {
	head, _ := r.Peek(4096)
	best, most := ',', strings.Count(string(head), ",")
	for _, c := range ";\t" {
		if n := strings.Count(string(head), string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

func (t *csvTable) close() error { return t.file.Close() }

func (t *csvTable) next() (int, []string, error) {
	for {
		t.budget.renew()
		cells, err := t.reader.Read()
		if errors.Is(err, io.EOF) {
			return 0, nil, io.EOF
		}
		if t.budget.spent {
			return 0, nil, fault.New(fault.TooLarge, "import_row_too_large", "row", t.row+1, "max", maxRow)
		}
		if bad, ok := errors.AsType[*csv.ParseError](err); ok {
			return 0, nil, fault.New(fault.Invalid, "import_unreadable", "line", bad.StartLine)
		}
		if err != nil {
			return 0, nil, err
		}
		t.row, _ = t.reader.FieldPos(0)
		if !blank(cells) {
			return t.row, cells, nil
		}
	}
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}
