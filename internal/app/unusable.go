package app

import (
	"errors"
	"io/fs"

	"github.com/signoff-id/signoff/internal/fault"
)

// Unusable says what to do about a file or folder of the installation that the
// system refuses: data_unusable. Any other error is given back as it is.
func Unusable(err error) error {
	var at *fs.PathError
	var known *fault.Error
	if errors.As(err, &at) && !errors.As(err, &known) {
		return fault.New(fault.Unavailable, "data_unusable", "path", at.Path, "why", at.Err.Error()).Because(err)
	}
	return err
}
