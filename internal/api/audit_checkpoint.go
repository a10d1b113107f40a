package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
)

// textType is the media type of a checkpoint.
const textType = "text/plain; charset=utf-8"

// auditCheckpoint gives the newest signed checkpoint of the audit log, to be
// kept elsewhere: it shows later that nothing was changed since.
func (f *face) auditCheckpoint() {
	register(f, operation{
		ID: "get-audit-checkpoint", Method: http.MethodGet, Path: "/v1/audit/checkpoint", Tag: tagProof, Access: role(identity.Operator, identity.Auditor),
		Gives:    "text/plain",
		Problems: map[int][]string{http.StatusNotFound: {"audit_log_empty"}},
	}, func(ctx context.Context, _ *none) (*file, error) {
		head, err := f.Audit.Reads.AuditHead(ctx)
		if err != nil {
			return nil, err
		}
		if len(head.Checkpoint) == 0 {
			return nil, fault.New(fault.NotFound, "audit_log_empty")
		}
		return &file{ContentType: textType, Body: head.Checkpoint}, nil
	})
}
