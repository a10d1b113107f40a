package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/dissolution"
	"github.com/signoff-id/signoff/internal/identity"
)

// outcome is what becomes of an objection.
type outcome struct {
	Outcome string `json:"outcome" enum:"upheld,dismissed" doc:"One that is upheld cancels the dissolution."`
	Reason  string `json:"reason" minLength:"1" maxLength:"500"`
}

// objectionDecide upholds or dismisses an objection.
func (f *face) objectionDecide() {
	register(f, operation{
		ID: "decide-objection", Method: http.MethodPost, Path: "/v1/dissolutions/{id}/objections/{objection_id}/decision", Tag: tagDissolutions,
		Access: role(identity.Operator, identity.Reviewer),
		Problems: map[int][]string{http.StatusForbidden: {"dissolution_own"}, http.StatusNotFound: {"dissolution_not_found", "objection_not_found"},
			http.StatusConflict: {"objection_decided"}, http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct {
		InObjection
		Body outcome
	}) (*answer[objectionView], error) {
		by, err := f.asSecondPerson(ctx)
		if err != nil {
			return nil, err
		}
		o, err := f.Dissolutions.DecideObjection(ctx, by, in.ID, in.Objection, dissolution.Outcome(in.Body.Outcome), in.Body.Reason)
		if err != nil {
			return nil, err
		}
		return &answer[objectionView]{Body: shapeObjection(true)(o)}, nil
	})
}
