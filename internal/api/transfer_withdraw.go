package api

import (
	"context"
	"net/http"
)

// transferWithdraw lets the holder take the question back.
func (f *face) transferWithdraw() {
	register(f, operation{
		ID: "withdraw-role-transfer", Method: http.MethodPost, Path: "/v1/account/role-transfers/{id}/withdraw", Tag: tagAccount, Access: everyAccount(),
		Problems: map[int][]string{http.StatusNotFound: {"transfer_not_found"}, http.StatusConflict: {"transfer_ended"}},
	}, func(ctx context.Context, in *ByID) (*answer[transferView], error) {
		t, err := f.Orgs.WithdrawTransfer(ctx, principalOf(ctx).Account(), in.ID)
		if err != nil {
			return nil, err
		}
		return &answer[transferView]{Body: shapeTransfer(t)}, nil
	})
}
