package main

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/audit"
)

// auditProofCmd proves that an entry is in the log of the newest checkpoint.
type auditProofCmd struct {
	Seq int64 `arg:""`
}

type proofView struct {
	Seq        int64           `json:"seq"`
	Record     json.RawMessage `json:"record"`
	Proof      []string        `json:"proof"`
	Checkpoint string          `json:"checkpoint"`
}

func (c auditProofCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		head, err := a.Audit.Reads.AuditHead(ctx)
		if err != nil {
			return err
		}
		proof, err := a.Audit.Prove(ctx, c.Seq, head.Size)
		if err != nil {
			return err
		}
		point, err := audit.OpenCheckpoint(head.Checkpoint, a.Audit.Origin, a.Audit.Verifiers)
		if err != nil {
			return err
		}
		if err := audit.CheckProof(proof, point); err != nil {
			return err
		}
		v := proofView{Seq: proof.Seq, Record: proof.Record, Checkpoint: string(head.Checkpoint), Proof: []string{}}
		for _, h := range proof.Hashes {
			v.Proof = append(v.Proof, h.String())
		}
		return e.show(v, func(p *page) {
			p.line(e.say("done.proven", "seq", v.Seq, "size", point.Size))
			p.line(string(proof.Record))
			for i, h := range v.Proof {
				p.line("  " + strconv.Itoa(i) + "  " + h)
			}
			p.blank()
			p.line(v.Checkpoint)
		})
	})
}
