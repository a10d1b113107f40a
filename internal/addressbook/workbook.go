package addressbook

import (
	"archive/zip"
	"bufio"
	"errors"
	"io"
	"strings"

	"github.com/signoff-id/signoff/internal/fault"
)

const (
	maxPart  = 8 << 20 // bytes of a workbook's part that is kept in memory
	maxParts = 4096
	maxOther = 64 << 20 // bytes of all parts that are no sheets or texts
)

// checkWorkbook unpacks a workbook once into nothing, before a library does it
// into memory: what a zip file says about its sizes is only what it says. A text
// without an end is refused too, because a reader of XML keeps it whole.
func checkWorkbook(path string) error {
	z, err := zip.OpenReader(path)
	if err != nil {
		return workbookBroken(err)
	}
	defer z.Close()
	if len(z.File) > maxParts {
		return unpacksTooLarge()
	}
	var all, other int64
	for _, part := range z.File {
		name := strings.ToLower(strings.ReplaceAll(part.Name, `\`, "/"))
		large := strings.HasPrefix(name, "xl/worksheets/sheet") || name == "xl/sharedstrings.xml"
		n, err := unpack(part, maxUnpacked-all, large)
		if err != nil {
			return err
		}
		if all += n; !large {
			other += n
		}
		if all > maxUnpacked || other > maxOther {
			return unpacksTooLarge()
		}
	}
	return nil
}

func unpacksTooLarge() error {
	return fault.New(fault.TooLarge, "import_unpacks_too_large", "max", maxUnpacked)
}

// unpack counts a part's bytes, up to a limit.
func unpack(part *zip.File, limit int64, texts bool) (int64, error) {
	f, err := part.Open()
	if err != nil {
		return 0, workbookBroken(err)
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, 64<<10)
	var n int64
	run := 0 // bytes since the last edge of a tag
	for {
		chunk, err := r.Peek(1)
		if err == nil {
			chunk, _ = r.Peek(r.Buffered())
		}
		if n += int64(len(chunk)); n > limit {
			return n, unpacksTooLarge()
		}
		for _, c := range chunk {
			if run++; c == '<' || c == '>' {
				run = 0
			}
			if texts && run > maxRow {
				return n, fault.New(fault.TooLarge, "import_cell_too_large", "max", maxRow)
			}
		}
		if _, err := r.Discard(len(chunk)); err != nil {
			return n, err
		}
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return n, workbookBroken(err)
		}
	}
}
