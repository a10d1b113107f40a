package api

import (
	"context"
	"net/http"
)

// transferDecline lets the successor say no.
func (f *face) transferDecline() {
	register(f, operation{
		ID: "decline-role-transfer", Method: http.MethodPost, Path: "/v1/account/role-transfers/{id}/decline", Tag: tagAccount, Access: everyAccount(),
		Problems: map[int][]string{http.StatusNotFound: {"transfer_not_found"}, http.StatusConflict: {"transfer_ended"}},
	}, func(ctx context.Context, in *ByID) (*answer[transferView], error) {
		t, err := f.Orgs.DeclineTransfer(ctx, principalOf(ctx).Account(), in.ID)
		if err != nil {
			return nil, err
		}
		return &answer[transferView]{Body: shapeTransfer(t)}, nil
	})
}
