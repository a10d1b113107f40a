package closure

import (
	"context"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/policy"
)

// Conditions says what of an offered policy's conditions holds for the own
// account now; an empty name means the default policy. Nothing is changed.
func (s *Service) Conditions(ctx context.Context, account, policyName string) (p *policy.Policy, results []policy.Result, err error) {
	if policyName, err = s.Offer.choose(policyName); err != nil {
		return nil, nil, err
	}
	return s.Try(ctx, account, policyName)
}

// Try is Conditions under any installed policy, offered or not: to see what it
// would say.
func (s *Service) Try(ctx context.Context, account, policyName string) (p *policy.Policy, results []policy.Result, err error) {
	if policyName == "" {
		policyName = s.Offer.Default
	}
	err = s.View(ctx, func(tx Tx) error {
		if p, err = s.Policies.newest(ctx, tx, policyName); err != nil {
			return err
		}
		results, err = evaluate(ctx, tx, p, account)
		return err
	})
	return p, results, err
}

// Met says whether all conditions hold.
func Met(results []policy.Result) bool {
	for _, r := range results {
		if !r.Met {
			return false
		}
	}
	return true
}

// errNotMet names the conditions that do not hold.
func errNotMet(results []policy.Result) *fault.Error {
	e := fault.New(fault.Conflict, "conditions_not_met", "count", 0)
	for _, r := range results {
		if !r.Met {
			e = e.At(r.Code, "condition_not_met")
		}
	}
	return e
}

func evaluate(ctx context.Context, tx Tx, p *policy.Policy, account string) ([]policy.Result, error) {
	f, err := facts(ctx, tx, account)
	if err != nil {
		return nil, err
	}
	results, err := p.Evaluate(ctx, f)
	if err != nil || !Met(results) {
		return results, err
	}
	return keepAdmin(ctx, tx, account, results)
}

// Blockers says what holds now of the conditions of a closure's own policy
// version.
func (s *Service) Blockers(ctx context.Context, id string) (results []policy.Result, err error) {
	err = s.View(ctx, func(tx Tx) error {
		c, err := tx.Closure(ctx, id)
		if err != nil {
			return err
		}
		p, err := s.Policies.Version(ctx, tx, c.PolicyDigest)
		if err != nil {
			return err
		}
		results, err = evaluate(ctx, tx, p, c.Account)
		return err
	})
	return results, err
}

// again evaluates the conditions inside the commit that depends on them: what
// the person's organisations are asked about cannot change before it is written.
func again(ctx context.Context, tx Tx, p *policy.Policy, account string) ([]policy.Result, error) {
	if err := org.Hold(ctx, tx, account); err != nil {
		return nil, err
	}
	return evaluate(ctx, tx, p, account)
}
