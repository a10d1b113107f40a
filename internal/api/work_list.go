package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/work"
)

// workList gives what is in hand on this session.
func (f *face) workList() {
	register(f, operation{
		ID: "list-work", Method: http.MethodGet, Path: "/v1/session/work", Tag: tagSessions, Access: everyAccount(),
	}, func(ctx context.Context, _ *none) (*answer[list[leaseView]], error) {
		s := principalOf(ctx).Session
		all, err := f.Sessions.InHand(ctx, work.Whose{Account: s.Account, Session: s.ID})
		if err != nil {
			return nil, err
		}
		return &answer[list[leaseView]]{Body: list[leaseView]{Items: each(all, shapeLease)}}, nil
	})
}
