package caller

import (
	"context"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/identity"
)

// Commander is the caller giving orders to sign others out: as an operator, or as
// the admin of an organisation, which the commit checks.
func (d *Desk) Commander(ctx context.Context, c *Caller) (audit.Actor, error) {
	operator, err := d.Has(ctx, c, identity.Operator)
	if operator {
		return c.As(audit.KindOperator), err
	}
	return c.As(audit.KindAdmin), err
}
