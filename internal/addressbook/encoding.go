package addressbook

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/signoff-id/signoff/internal/fault"
)

var (
	utf8BOM  = []byte("\xef\xbb\xbf")
	littleBO = []byte("\xff\xfe")
	bigBO    = []byte("\xfe\xff")
)

// textOf gives a file as UTF-8 without its byte order mark. Without a mark it is
// UTF-8 where all of it is, and else GB18030, which Excel writes in China; a
// file that is neither is refused whole, for half of it would be wrong names.
func textOf(f *os.File) (io.Reader, error) {
	head := make([]byte, 3)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, err
	}
	head = head[:n]
	var decode transform.Transformer
	skip := int64(0)
	switch {
	case bytes.HasPrefix(head, utf8BOM):
		skip = 3
	case bytes.HasPrefix(head, littleBO), bytes.HasPrefix(head, bigBO):
		decode = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
	default:
		is, err := isText(f, nil)
		if err != nil {
			return nil, err
		}
		if !is {
			decode = simplifiedchinese.GB18030.NewDecoder()
		}
	}
	// Whatever it is taken for, all of it must be that.
	if is, err := isText(f, decode); err != nil || !is {
		return nil, errors.Join(err, fault.New(fault.Invalid, "import_encoding_unknown"))
	}
	if _, err := f.Seek(skip, io.SeekStart); err != nil {
		return nil, err
	}
	if decode == nil {
		return f, nil
	}
	decode.Reset()
	return transform.NewReader(f, decode), nil
}

// isText says whether a file is UTF-8 text once it is decoded. What a decoder
// cannot read it gives as U+FFFD.
func isText(f *os.File, decode transform.Transformer) (bool, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return false, err
	}
	var from io.Reader = f
	if decode != nil {
		decode.Reset()
		from = transform.NewReader(f, decode)
	}
	r := bufio.NewReaderSize(from, 64<<10)
	for {
		c, size, err := r.ReadRune()
		switch {
		case errors.Is(err, io.EOF):
			return true, nil
		case err != nil:
			return false, err
		case c == 0, c == utf8.RuneError && (size == 1 || decode != nil):
			return false, nil
		}
	}
}
