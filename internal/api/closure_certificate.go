package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/identity"
)

// jsonType is the media type of a certificate's file: exact bytes, never
// written again.
const jsonType = "application/json"

// closureCertificate gives the signed certificate's file.
func (f *face) closureCertificate() {
	register(f, operation{
		ID: "get-certificate", Method: http.MethodGet, Path: "/v1/closures/{id}/certificate", Tag: tagClosures,
		Access: ownOr(identity.Operator, identity.Auditor), Gives: jsonType,
		Problems: map[int][]string{http.StatusNotFound: {"closure_not_found"}, http.StatusConflict: {"certificate_not_yet"}},
	}, func(ctx context.Context, in *ByID) (*file, error) {
		whose, err := f.whose(ctx, identity.Operator, identity.Auditor)
		if err != nil {
			return nil, err
		}
		text, err := f.Closures.CertificateFile(ctx, in.ID, whose)
		if err != nil {
			return nil, err
		}
		return &file{ContentType: jsonType, Body: text}, nil
	})
}
