package api

import (
	"context"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/org"
)

// asMember is the caller acting on the own account.
func asMember(ctx context.Context) audit.Actor {
	return principalOf(ctx).As(audit.KindMember)
}

// asOperator is the caller acting as an operator, which admit has checked.
func asOperator(ctx context.Context) audit.Actor {
	return principalOf(ctx).As(audit.KindOperator)
}

// asReviewer is the caller deciding on a closure.
func asReviewer(ctx context.Context) audit.Actor {
	return principalOf(ctx).As(audit.KindReviewer)
}

// manages gives as whom the caller acts on an organisation.
func (f *face) manages(ctx context.Context, organisation string) (audit.Actor, error) {
	return f.desk.Manages(ctx, &principalOf(ctx).Caller, organisation)
}

// inside gives an organisation to operators and to those who are in it.
func (f *face) inside(ctx context.Context, organisation string) (org.Organisation, error) {
	return f.desk.Inside(ctx, &principalOf(ctx).Caller, organisation)
}
