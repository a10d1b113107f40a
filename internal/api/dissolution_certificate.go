package api

import (
	"context"
	"net/http"
)

// dissolutionCertificate gives the signed certificate's file, also to whoever
// started the dissolution.
func (f *face) dissolutionCertificate() {
	register(f, operation{
		ID: "get-dissolution-certificate", Method: http.MethodGet, Path: "/v1/dissolutions/{id}/certificate", Tag: tagDissolutions,
		Access: admission{scheme: sessionScheme, note: "operator, reviewer, or who started it"}, Gives: jsonType,
		Problems: map[int][]string{http.StatusNotFound: {"dissolution_not_found"}, http.StatusConflict: {"certificate_not_yet"}},
	}, func(ctx context.Context, in *InDissolution) (*file, error) {
		by, err := f.asOnlooker(ctx)
		if err != nil {
			return nil, err
		}
		text, err := f.Dissolutions.CertificateFile(ctx, by, in.ID)
		if err != nil {
			return nil, err
		}
		return &file{ContentType: jsonType, Body: text}, nil
	})
}
