package erasure

import (
	"context"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
)

// Retry makes the part of a data holder due now, an operator's push, and gives
// it its job; the entry names who pushed, and the end. Where that holder has
// nothing open it answers part_not_open.
func Retry(ctx context.Context, tx audit.Tx, parts Tx, name string, e audit.Entry) error {
	ok, err := parts.RetryPart(ctx, e.Object, name, e.At)
	if err != nil {
		return err
	}
	if !ok {
		return fault.New(fault.NotFound, "part_not_open", "holder", name)
	}
	e.Action, e.Data = "erasure.retried", map[string]string{"holder": name}
	if err := tx.AppendAudit(ctx, e); err != nil {
		return err
	}
	return parts.WakePart(ctx, e.Object, name)
}
