package app

import (
	"context"
	"strings"

	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/store"
)

// factIssuer is where an installation remembers the name it signs under.
const factIssuer = "issuer"

// settleIssuer gives the name that certificates and the audit log are signed
// under. It is fixed at the first start: checkpoints under another name would be
// another log's, and a command must not follow the address that it happens to
// be given.
func (a *App) settleIssuer(ctx context.Context) error {
	var kept string
	err := a.DB.View(ctx, func(tx *store.Tx) (err error) {
		kept, err = tx.Fact(ctx, factIssuer)
		return err
	})
	if err != nil {
		return err
	}
	switch {
	case kept == "":
		if a.Config.Issuer == "" {
			a.Config.Issuer = a.Config.PublicURL
		}
		return a.DB.Update(ctx, func(tx *store.Tx) error { return tx.SetFact(ctx, factIssuer, a.Config.Issuer) })
	case a.Config.Issuer != "" && a.Config.Issuer != kept:
		return fault.New(fault.Invalid, "issuer_changed", "issuer", kept)
	}
	a.Config.Issuer = kept
	return nil
}

// offer says which policies people may choose from.
func (a *App) offer() closure.Offer {
	o := closure.Offer{Default: a.Config.DefaultPolicy}
	for name := range strings.SplitSeq(a.Config.OfferedPolicies, ",") {
		switch name = strings.TrimSpace(name); name {
		case "":
		case "*":
			o.Any = true
		default:
			o.Others = append(o.Others, name)
		}
	}
	return o
}
