package erasure

import (
	"context"

	"github.com/signoff-id/signoff/internal/audit"
)

// Retry makes the part of a data holder due now, an operator's push, and gives
// it its job; the entry names who pushed, and the end. It answers false for no
// part that is open.
func Retry(ctx context.Context, tx audit.Tx, parts Tx, name string, e audit.Entry) (bool, error) {
	if ok, err := parts.RetryPart(ctx, e.Object, name, e.At); err != nil || !ok {
		return false, err
	}
	e.Action, e.Data = "erasure.retried", map[string]string{"holder": name}
	if err := tx.AppendAudit(ctx, e); err != nil {
		return false, err
	}
	return true, parts.WakePart(ctx, e.Object, name)
}
