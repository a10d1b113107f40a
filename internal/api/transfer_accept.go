package api

import (
	"context"
	"net/http"
)

// transferAccept lets the successor take over: both places change at once.
func (f *face) transferAccept() {
	register(f, operation{
		ID: "accept-role-transfer", Method: http.MethodPost, Path: "/v1/account/role-transfers/{id}/accept", Tag: tagAccount, Access: everyAccount().fresh(),
		Problems: map[int][]string{http.StatusNotFound: {"transfer_not_found", "organisation_not_found"}, http.StatusConflict: {"transfer_ended", "not_the_holder"}, http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *ByID) (*answer[transferView], error) {
		t, err := f.Orgs.AcceptTransfer(ctx, principalOf(ctx).Account(), in.ID)
		if err != nil {
			return nil, err
		}
		return &answer[transferView]{Body: shapeTransfer(t)}, nil
	})
}
