package api

import (
	"context"
	"net/http"
)

// transferList gives the transfers that the caller has asked for or been asked.
func (f *face) transferList() {
	register(f, operation{
		ID: "list-role-transfers", Method: http.MethodGet, Path: "/v1/account/role-transfers", Tag: tagAccount, Access: everyAccount(),
	}, func(ctx context.Context, _ *none) (*answer[list[transferView]], error) {
		all, err := f.Orgs.Transfers(ctx, principalOf(ctx).Account())
		if err != nil {
			return nil, err
		}
		return &answer[list[transferView]]{Body: list[transferView]{Items: each(all, shapeTransfer)}}, nil
	})
}
