package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// dissolutionRetry makes a data holder's open part due now.
func (f *face) dissolutionRetry() {
	register(f, operation{
		ID: "retry-dissolution-part", Method: http.MethodPost, Path: "/v1/dissolutions/{id}/parts/{holder}/retry", Tag: tagDissolutions, Access: role(identity.Operator),
		Problems: map[int][]string{http.StatusNotFound: {"part_not_open"}},
	}, func(ctx context.Context, in *struct {
		InDissolution
		Holder string `path:"holder" maxLength:"64"`
	}) (*none, error) {
		return nil, f.Dissolutions.Retry(ctx, asOperator(ctx), in.ID, in.Holder)
	})
}
