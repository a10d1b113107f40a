package visit

import (
	"errors"
	"io"
	"net/http"

	"github.com/signoff-id/signoff/internal/fault"
)

// inMemory keeps the files of a form off the disk: the whole request is smaller.
const inMemory = 8 << 20

// File gives a file that was chosen in a form, and its name as the browser tells
// it; nothing where none was chosen. The name is not to be believed.
func (v *Visit) File(field string) (name string, content []byte, err error) {
	f, head, err := v.R.FormFile(field)
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return "", nil, nil
	}
	if err != nil {
		return "", nil, fault.New(fault.Invalid, "bad_request").Because(err)
	}
	defer f.Close()
	if content, err = io.ReadAll(f); err != nil {
		return "", nil, fault.New(fault.Invalid, "bad_request").Because(err)
	}
	return head.Filename, content, nil
}
