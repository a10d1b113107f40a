package api

import (
	"context"
	"net/http"
)

// InEvidence names the evidence in the path.
type InEvidence struct {
	InDissolution
	Evidence string `path:"evidence_id" maxLength:"64"`
}

// dissolutionFile gives the file of a piece of evidence, to be saved and not shown.
func (f *face) dissolutionFile() {
	register(f, operation{
		ID: "get-dissolution-file", Method: http.MethodGet, Path: "/v1/dissolutions/{id}/evidence/{evidence_id}/file", Tag: tagDissolutions, Access: onlookers(),
		Gives:    "application/octet-stream",
		Problems: map[int][]string{http.StatusNotFound: {"dissolution_not_found", "attestation_not_found"}},
	}, func(ctx context.Context, in *InEvidence) (*download, error) {
		by, err := f.asOnlooker(ctx)
		if err != nil {
			return nil, err
		}
		_, content, err := f.Dissolutions.File(ctx, by, in.ID, in.Evidence)
		if err != nil {
			return nil, err
		}
		return &download{ContentType: "application/octet-stream", Disposition: "attachment", Body: content}, nil
	})
}

// download is a file that a browser saves: what people have uploaded is never
// shown as a page of ours.
type download struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}
