package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
)

// policyInstallCmd keeps a file as a policy's new version. Closures that run
// keep theirs.
type policyInstallCmd struct {
	File string `arg:"" placeholder:"FILE"`
}

func (c policyInstallCmd) Run(ctx context.Context, e *env) error {
	source, err := e.readFile(c.File)
	if err != nil {
		return err
	}
	return e.open(ctx, func(a *app.App) error {
		p, err := a.Closures.InstallPolicy(ctx, actor(), source)
		if err != nil {
			return err
		}
		return e.done(e.viewPolicy(p), "policy_installed", "policy", p.Name, "version", p.Version)
	})
}
