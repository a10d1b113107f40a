package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// accountList gives accounts, the oldest first.
func (f *face) accountList() {
	register(f, operation{
		ID: "list-accounts", Method: http.MethodGet, Path: "/v1/accounts", Tag: tagAccounts, Access: role(identity.Operator),
		Problems: map[int][]string{http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct {
		Page
		State string `query:"state" enum:"active,paused,erasing,closed" doc:"Only those in this state."`
	}) (*answer[list[accountView]], error) {
		after, err := in.after()
		if err != nil {
			return nil, err
		}
		all, err := f.Accounts.List(ctx, identity.Filter{State: identity.State(in.State), After: after, Limit: in.more()})
		if err != nil {
			return nil, err
		}
		return pageOf(in.Page, all, func(a identity.Account) string { return a.ID }, shapeAccount), nil
	})
}
