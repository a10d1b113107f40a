package operate

import (
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// auditCheckpoint gives the newest signed checkpoint, to be kept elsewhere.
func (p *Pages) auditCheckpoint(v *visit.Visit) error {
	head, err := p.Audit.Reads.AuditHead(v.Context())
	if err != nil {
		return err
	}
	if len(head.Checkpoint) == 0 {
		return fault.New(fault.NotFound, "audit_log_empty")
	}
	v.Save("text/plain; charset=utf-8", "checkpoint.txt", head.Checkpoint)
	return nil
}
