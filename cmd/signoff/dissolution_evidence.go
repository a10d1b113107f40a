package main

import (
	"context"
	"path/filepath"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/dissolution"
)

// dissolutionEvidenceCmd adds a file as evidence for a prerequisite.
type dissolutionEvidenceCmd struct {
	whichDissolution
	File      string `arg:"" placeholder:"FILE"`
	Kind      string `enum:"${evidence_kinds}" required:""`
	Reference string `required:""`
}

func (c dissolutionEvidenceCmd) Run(ctx context.Context, e *env) error {
	content, err := e.readFile(c.File)
	if err != nil {
		return err
	}
	return e.open(ctx, func(a *app.App) error {
		added, err := a.Dissolutions.Attest(ctx, actor(), dissolution.Attestation{Dissolution: c.Dissolution, Kind: c.Kind,
			Reference: c.Reference, FileName: filepath.Base(c.File)}, content)
		if err != nil {
			return err
		}
		return e.done(viewEvidence(added), "evidence_added", "id", added.ID)
	})
}
