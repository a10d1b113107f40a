package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// policyExplain tries any installed policy, offered or not, against an account
// without effect. A member tries it on the own account.
func (f *face) policyExplain() {
	register(f, operation{
		ID: "explain-policy", Method: http.MethodGet, Path: "/v1/policies/{name}/explain", Tag: tagPolicies, Access: ownOr(identity.Operator),
		Problems: map[int][]string{http.StatusNotFound: {"policy_not_found", "account_not_found"}, http.StatusForbidden: {"role_required"}},
	}, func(ctx context.Context, in *struct {
		ByName
		Account string `query:"account_id" maxLength:"64" doc:"Whose conditions to try; left out: the caller's."`
	}) (*answer[conditions], error) {
		who := principalOf(ctx)
		account := in.Account
		if account == "" {
			account = who.Account()
		}
		if account != who.Account() {
			if err := f.mustHave(ctx, who, identity.Operator); err != nil {
				return nil, err
			}
		}
		p, results, err := f.Closures.Try(ctx, account, in.Name)
		if err != nil {
			return nil, err
		}
		return shapeConditions(ctx, p, results), nil
	})
}
