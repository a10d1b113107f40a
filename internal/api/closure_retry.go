package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// closureRetry makes a data holder's part of an erasure due now, and not only
// when its pause is over.
func (f *face) closureRetry() {
	register(f, operation{
		ID: "retry-part", Method: http.MethodPost, Path: "/v1/closures/{id}/parts/{holder}/retry", Tag: tagClosures, Access: role(identity.Operator),
		Status:   http.StatusAccepted,
		Problems: map[int][]string{http.StatusNotFound: {"part_not_open"}},
	}, func(ctx context.Context, in *struct {
		ByID
		Holder string `path:"holder" maxLength:"64"`
	}) (*none, error) {
		return nil, f.Closures.Retry(ctx, asOperator(ctx), in.ID, in.Holder)
	})
}
