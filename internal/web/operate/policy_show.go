package operate

import (
	"context"
	"strconv"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/web/visit"
)

// versions gives all versions of a policy, the newest first, or
// policy_not_found.
func (p *Pages) versions(ctx context.Context, name string) (own []*policy.Policy, err error) {
	all, err := p.Closures.ListPolicies(ctx)
	if err != nil {
		return nil, err
	}
	for _, one := range all {
		if one.Name == name {
			own = append(own, one)
		}
	}
	if len(own) == 0 {
		return nil, fault.New(fault.NotFound, "policy_not_found")
	}
	return own, nil
}

// numbered finds a version by its number as typed; "" is the other.
func numbered(all []*policy.Policy, number string, other *policy.Policy) (*policy.Policy, error) {
	if number == "" {
		return other, nil
	}
	for _, one := range all {
		if strconv.Itoa(one.Version) == number {
			return one, nil
		}
	}
	return nil, fault.New(fault.NotFound, "not_found")
}

// policyShow says what one version of a policy decides.
func (p *Pages) policyShow(v *visit.Visit) error {
	all, err := p.versions(v.Context(), v.Part("name"))
	if err != nil {
		return err
	}
	one, err := numbered(all, v.Query("version"), all[0])
	if err != nil {
		return err
	}
	page, err := v.Page(one.Title.In(v.Lang))
	if err != nil {
		return err
	}
	return v.Show(policyPage(page, one, all))
}
