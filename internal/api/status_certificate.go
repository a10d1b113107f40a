package api

import (
	"context"
	"net/http"
)

// statusCertificate gives the certificate's file by the private link: the one
// way for a person whose account is gone.
func (f *face) statusCertificate() {
	register(f, operation{
		ID: "get-certificate-by-link", Method: http.MethodGet, Path: "/v1/closure-status/certificate", Tag: tagStatus, Access: theLink(), Gives: jsonType,
		Problems: map[int][]string{http.StatusConflict: {"certificate_not_yet"}},
	}, func(ctx context.Context, _ *none) (*file, error) {
		text, err := f.Closures.CertificateByLink(ctx, principalOf(ctx).link)
		if err != nil {
			return nil, err
		}
		return &file{ContentType: jsonType, Body: text}, nil
	})
}
