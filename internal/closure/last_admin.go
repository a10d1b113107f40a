package closure

import (
	"context"

	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/policy"
)

// keepAdmin adds the one condition that no policy can leave out: an organisation
// never loses its last creator or super admin. It shows only where everything
// else holds; the shipped policies ask for more.
func keepAdmin(ctx context.Context, tx Tx, account string, results []policy.Result) ([]policy.Result, error) {
	last, err := org.LastAdminOf(ctx, tx, account)
	if err != nil || last == "" {
		return results, err
	}
	return append(results, policy.Result{Code: "last_admin", Resolve: "/settings/organisations", Text: language.Each(
		"您是某个企业的最后一位创建人或超级管理员，请先移交该角色。",
		"You are the last creator or super admin of an organisation. Hand the role over first.",
	)}), nil
}
