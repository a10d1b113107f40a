package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/audit"
)

// auditVerifyCmd computes the whole log again. With a checkpoint that was kept
// elsewhere it also finds a log that was cut off or rewritten as a whole.
type auditVerifyCmd struct {
	Checkpoint string `type:"path" placeholder:"FILE"`
}

func (c auditVerifyCmd) Run(ctx context.Context, e *env) error {
	var external []byte
	if c.Checkpoint != "" {
		var err error
		if external, err = e.readFile(c.Checkpoint); err != nil {
			return err
		}
	}
	return e.open(ctx, func(a *app.App) error {
		bar := e.progress("progress.audit", 1)
		report, err := a.Audit.Verify(ctx, external, bar.set)
		bar.end()
		if err != nil {
			return err
		}
		return e.show(report, func(p *page) { p.verified(report) })
	})
}

func (p *page) verified(r audit.Report) {
	p.line(p.e.say("done.audit_verified", "count", r.Size))
	p.pairs(pair{"root", r.Root.String()})
	if r.External > 0 {
		p.line(p.e.say("done.audit_extends", "size", r.External))
	}
}
