package blob

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	"github.com/signoff-id/signoff/internal/fault"
)

// failure makes a fault of whatever a store said, without its text, which names
// files. An end of the context stays one, so that a caller can tell a timeout.
func (h *Holder) failure(ctx context.Context, err error) error {
	var known *fault.Error
	var ours *unsaved
	switch {
	case err == nil:
		return nil
	case errors.As(err, &ours):
		return ours.error
	case errors.As(err, &known):
		return known
	case ctx.Err() != nil:
		return fmt.Errorf("data holder %s: %w", h.name, ctx.Err())
	case errors.Is(err, errStuck):
		return fault.New(fault.Unavailable, "holder_stuck", "holder", h.name)
	}
	var no syscall.Errno
	if !errors.As(err, &no) {
		for next := errors.Unwrap(err); next != nil; next = errors.Unwrap(err) {
			err = next
		}
		return fault.New(fault.Unavailable, "holder_unreachable", "holder", h.name).Because(fmt.Errorf("%T", err))
	}
	return fault.New(fault.Unavailable, "holder_unreachable", "holder", h.name).Because(no)
}
