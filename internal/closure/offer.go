package closure

import (
	"context"
	"slices"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/policy"
)

// Offer says which policies a person may close the own account under. It is the
// operator's to say: whoever could name any installed policy could choose one
// without review and cooling-off.
type Offer struct {
	Default string   // for a request that names none
	Others  []string // that a request may name
	Any     bool     // every installed policy may be named
}

// choose gives the policy of a request, or policy_not_found for one that is not
// offered: a person need not know which others there are.
func (o Offer) choose(name string) (string, error) {
	if name == "" {
		name = o.Default
	}
	if name == o.Default || o.Any || slices.Contains(o.Others, name) {
		return name, nil
	}
	return "", fault.New(fault.NotFound, "policy_not_found")
}

// Offered gives the newest version of every policy that a person may close the
// own account under, the default one first.
func (s *Service) Offered(ctx context.Context) (all []*policy.Policy, err error) {
	err = s.View(ctx, func(tx Tx) error {
		all = nil
		names := append([]string{s.Offer.Default}, s.Offer.Others...)
		if s.Offer.Any {
			digests, err := tx.PolicyDigests(ctx)
			if err != nil {
				return err
			}
			for _, d := range digests {
				p, err := s.Policies.Version(ctx, tx, d)
				if err != nil {
					return err
				}
				names = append(names, p.Name)
			}
		}
		for i, name := range names {
			if slices.Contains(names[:i], name) {
				continue
			}
			p, err := s.Policies.newest(ctx, tx, name)
			if fault.Is(err, "policy_not_found") {
				continue // offered, but not installed yet
			}
			if err != nil {
				return err
			}
			all = append(all, p)
		}
		return nil
	})
	return all, err
}
