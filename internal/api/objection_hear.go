package api

import (
	"context"
	"net/http"
	"time"

	"github.com/signoff-id/signoff/internal/identity"
)

// InObjection names an objection in the path.
type InObjection struct {
	InDissolution
	Objection string `path:"objection_id" maxLength:"64"`
}

// hearing is when an objection is heard.
type hearing struct {
	At time.Time `json:"at"`
}

// objectionHear sets the hearing of an objection.
func (f *face) objectionHear() {
	register(f, operation{
		ID: "set-hearing", Method: http.MethodPut, Path: "/v1/dissolutions/{id}/objections/{objection_id}/hearing", Tag: tagDissolutions,
		Access: role(identity.Operator, identity.Reviewer),
		Problems: map[int][]string{http.StatusForbidden: {"dissolution_own"}, http.StatusNotFound: {"dissolution_not_found", "objection_not_found"},
			http.StatusConflict: {"objection_decided"}, http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct {
		InObjection
		Body hearing
	}) (*answer[objectionView], error) {
		by, err := f.asSecondPerson(ctx)
		if err != nil {
			return nil, err
		}
		o, err := f.Dissolutions.Hear(ctx, by, in.ID, in.Objection, in.Body.At.UTC())
		if err != nil {
			return nil, err
		}
		return &answer[objectionView]{Body: shapeObjection(true)(o)}, nil
	})
}
