package closure

import (
	"context"

	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/policy"
)

// facts gathers what policies may ask about an account. A fact that is forgotten
// here stays zero, and lets every condition pass that asks for it.
func facts(ctx context.Context, tx Tx, account string) (policy.Facts, error) {
	a, err := tx.Account(ctx, account)
	if err != nil {
		return policy.Facts{}, err
	}
	f := policy.Facts{
		// With a password or without: a passkey does, or another server.
		CanSignIn: a.State == identity.Active && !a.Stolen && !a.Banned,
		Stolen:    a.Stolen, Banned: a.Banned,
	}
	if err := orgFacts(ctx, tx, account, &f); err != nil {
		return f, err
	}
	bindings, err := tx.Bindings(ctx, account)
	if err != nil {
		return f, err
	}
	for _, b := range bindings {
		f.Bindings = append(f.Bindings, b.Service)
	}
	arrears, err := tx.Arrears(ctx, account)
	if err != nil {
		return f, err
	}
	for _, x := range arrears {
		f.Arrears = append(f.Arrears, policy.Arrear{Currency: x.Currency, Amount: x.Amount})
	}
	return f, nil
}

func orgFacts(ctx context.Context, tx Tx, account string, f *policy.Facts) error {
	places, err := tx.Memberships(ctx, account)
	if err != nil {
		return err
	}
	for _, m := range places {
		o, err := tx.Organisation(ctx, m.Organisation)
		if err != nil {
			return err
		}
		f.Organisations = append(f.Organisations, policy.Organisation{ID: o.ID, Role: m.Role, Offices: m.Offices, Certification: o.Certification})
	}
	todos, err := tx.OpenTodos(ctx, account)
	if err != nil {
		return err
	}
	for _, t := range todos {
		if t.Kind == org.Approval {
			f.OpenApprovals++
		} else {
			f.OpenTodos++
		}
	}
	attested, err := tx.Attestations(ctx, account)
	if err != nil {
		return err
	}
	for _, x := range attested {
		f.Attestations = append(f.Attestations, x.Kind)
	}
	return nil
}
