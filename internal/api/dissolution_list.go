package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/identity"
)

// dissolutionList gives all dissolutions, the newest first.
func (f *face) dissolutionList() {
	register(f, operation{
		ID: "list-dissolutions", Method: http.MethodGet, Path: "/v1/dissolutions", Tag: tagDissolutions, Access: role(identity.Operator, identity.Reviewer),
	}, func(ctx context.Context, in *struct {
		Page
		State string `query:"state" enum:"attesting,announced,objected,releasing,erasing,closed,withdrawn,cancelled"`
	}) (*answer[list[dissolutionView]], error) {
		before, err := in.after()
		if err != nil {
			return nil, err
		}
		all, err := f.Dissolutions.List(ctx, dissolution.Filter{State: dissolution.State(in.State), Before: before, Limit: in.more()})
		if err != nil {
			return nil, err
		}
		return pageOf(in.Page, all, func(v dissolution.View) string { return v.ID }, shapeDissolution(f.Now(), true)), nil
	})
}
