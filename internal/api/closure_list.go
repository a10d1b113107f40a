package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/closure"
)

// closureList gives the caller's closures; to the staff, everybody's.
func (f *face) closureList() {
	register(f, operation{
		ID: "list-closures", Method: http.MethodGet, Path: "/v1/closures", Tag: tagClosures, Access: ownOr(staff()...),
		Problems: map[int][]string{http.StatusForbidden: {"role_required"}, http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct {
		Page
		State   string `query:"state" enum:"requested,in_review,cooling_off,erasing,closed,withdrawn,rejected,refused"`
		Account string `query:"account_id" maxLength:"64" doc:"Whose; left out: the caller's, or everybody's for the staff."`
	}) (*answer[list[closureView]], error) {
		who := principalOf(ctx)
		all, err := f.has(ctx, who, staff()...)
		if err != nil {
			return nil, err
		}
		if !all && in.Account != "" && in.Account != who.Account() {
			return nil, f.mustHave(ctx, who, staff()...)
		}
		if !all {
			in.Account = who.Account()
		}
		after, err := in.after()
		if err != nil {
			return nil, err
		}
		found, err := f.Closures.List(ctx, closure.Filter{State: closure.State(in.State), Account: in.Account, After: after, Limit: in.more()})
		if err != nil {
			return nil, err
		}
		return pageOf(in.Page, found, func(v closure.View) string { return v.ID }, shapeClosure(ctx, f.Now(), all)), nil
	})
}
