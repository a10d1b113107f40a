package sqldb

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	"github.com/signoff-id/signoff/internal/fault"
)

// failure makes a fault of whatever a driver said, without its text: drivers
// quote rows ("Key (email)=(li@example.com) already exists") and addresses. An
// end of the context stays one, so that a caller can tell a timeout.
func (h *Holder) failure(ctx context.Context, err error) error {
	var known *fault.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return known
	case ctx.Err() != nil:
		return fmt.Errorf("data holder %s: %w", h.name, ctx.Err())
	}
	m, ok := h.engine.explain(err)
	if !ok {
		// Not an answer of the database: it could not be asked, or its
		// connection broke.
		return fault.New(fault.Unavailable, "holder_unreachable", "holder", h.name).Because(errors.New(nature(err)))
	}
	cause := errors.New(m.told)
	switch m.code {
	case "holder_busy":
		return fault.New(fault.Unavailable, "holder_busy", "holder", h.name).Because(cause)
	case "holder_constraint":
		return fault.New(fault.Conflict, "holder_constraint", "holder", h.name).Because(cause)
	case "holder_forbidden":
		return fault.New(fault.Unavailable, "holder_forbidden", "holder", h.name).Because(cause)
	case "holder_unreachable":
		return fault.New(fault.Unavailable, "holder_unreachable", "holder", h.name).Because(cause)
	}
	h.forget() // the catalogue may have changed in a way that its version does not show
	return fault.New(fault.Unavailable, "holder_database_refused", "holder", h.name, "reason", m.told)
}

// nature says what kind of error err is, without any text that could hold a
// value: the operating system's reason where there is one.
func nature(err error) string {
	var no syscall.Errno
	if errors.As(err, &no) {
		return no.Error()
	}
	for next := errors.Unwrap(err); next != nil; next = errors.Unwrap(err) {
		err = next
	}
	return fmt.Sprintf("%T", err)
}
