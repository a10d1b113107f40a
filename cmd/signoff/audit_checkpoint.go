package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
)

// auditCheckpointCmd prints the newest signed checkpoint, to be kept elsewhere.
type auditCheckpointCmd struct{}

type checkpointView struct {
	Origin     string `json:"origin"`
	Size       int64  `json:"size"`
	Root       string `json:"root"`
	Checkpoint string `json:"checkpoint"`
}

func (auditCheckpointCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		if _, err := a.Audit.Sequence(ctx); err != nil {
			return err
		}
		head, err := a.Audit.Reads.AuditHead(ctx)
		if err != nil {
			return err
		}
		if len(head.Checkpoint) == 0 {
			return fault.New(fault.Conflict, "audit_empty")
		}
		if !e.json {
			_, err := e.out.Write(head.Checkpoint)
			return err
		}
		c, err := audit.OpenCheckpoint(head.Checkpoint, a.Audit.Origin, a.Audit.Verifiers)
		if err != nil {
			return err
		}
		return e.show(checkpointView{c.Origin, c.Size, c.Root.String(), string(head.Checkpoint)}, nil)
	})
}
