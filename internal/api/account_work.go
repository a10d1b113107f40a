package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/work"
)

// accountWork tells an operator that apps have work in hand for somebody, and
// not which.
func (f *face) accountWork() {
	register(f, operation{
		ID: "list-account-work", Method: http.MethodGet, Path: "/v1/accounts/{id}/work", Tag: tagAccounts, Access: role(identity.Operator),
		Problems: map[int][]string{http.StatusNotFound: {"account_not_found"}},
	}, func(ctx context.Context, in *ByID) (*answer[list[leaseView]], error) {
		if _, err := f.Accounts.Get(ctx, in.ID); err != nil {
			return nil, err
		}
		all, err := f.Sessions.InHand(ctx, work.Whose{Account: in.ID})
		if err != nil {
			return nil, err
		}
		for i := range all {
			all[i].Item.What, all[i].Item.Link = "", ""
		}
		return &answer[list[leaseView]]{Body: list[leaseView]{Items: each(all, shapeLease)}}, nil
	})
}
