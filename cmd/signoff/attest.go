package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
)

type attestCmd struct {
	whom
	Organisation string `required:"" placeholder:"ID"`
	Kind         string `required:"" enum:"${attestation_kinds}"`
	Evidence     string `required:""`
}

func (c attestCmd) Run(ctx context.Context, e *env) error {
	return c.open(ctx, e, func(a *app.App, who identity.Account) error {
		x, err := a.Orgs.Attest(ctx, actor(), org.Attestation{Account: who.ID, Organisation: c.Organisation, Kind: c.Kind, Evidence: c.Evidence})
		if err != nil {
			return err
		}
		return e.done(viewAttestation(x), "attested", "kind", e.word(x.Kind))
	})
}
