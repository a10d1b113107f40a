package closure

import (
	"context"
	"sync"

	"github.com/signoff-id/signoff/internal/policy"
	"github.com/signoff-id/signoff/internal/workday"
)

// Policies reads policies and calendars from the database. A version never
// changes, so what was parsed once is kept.
type Policies struct {
	Shipped *workday.Calendar
	parsed  sync.Map // digest → *policy.Policy
}

// Version gives the policy with a digest: the one that a running closure began
// with.
func (b *Policies) Version(ctx context.Context, tx PolicyTx, digest string) (*policy.Policy, error) {
	if p, ok := b.parsed.Load(digest); ok {
		return p.(*policy.Policy), nil
	}
	source, err := tx.PolicySource(ctx, digest)
	if err != nil {
		return nil, err
	}
	p, err := policy.Parse(source)
	if err != nil {
		return nil, err
	}
	b.parsed.Store(digest, p)
	return p, nil
}

// newest gives the newest version of a policy by its name.
func (b *Policies) newest(ctx context.Context, tx PolicyTx, name string) (*policy.Policy, error) {
	digest, err := tx.PolicyDigest(ctx, name)
	if err != nil {
		return nil, err
	}
	return b.Version(ctx, tx, digest)
}

// Calendar gives the shipped years and the uploaded ones; an uploaded year
// takes the place of the shipped one.
func (b *Policies) Calendar(ctx context.Context, tx PolicyTx) (*workday.Calendar, error) {
	sources, err := tx.CalendarYears(ctx)
	if err != nil {
		return nil, err
	}
	cal := b.Shipped
	for _, source := range sources {
		y, err := workday.ParseYear(source)
		if err != nil {
			return nil, err
		}
		cal = cal.With(y)
	}
	return cal, nil
}
