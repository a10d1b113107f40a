package api

import (
	"context"
	"encoding/json"
	"net/http"
)

// newState is a state in the place of one that the app knows.
type newState struct {
	Version int64           `json:"version" minimum:"0" doc:"That the app has read; 0 where there is none yet."`
	State   json.RawMessage `json:"state" doc:"Any JSON."`
}

// resumeStatePut stores what the person comes back to in the app of this session.
func (f *face) resumeStatePut() {
	register(f, operation{
		ID: "put-resume-state", Method: http.MethodPut, Path: "/v1/account/resume-state/{app}", Tag: tagAccount, Access: everyAccount(),
		Problems: map[int][]string{http.StatusNotFound: {"state_not_found"}, http.StatusConflict: {"state_changed"},
			http.StatusRequestEntityTooLarge: {"state_too_large"}, http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct {
		ByApp
		Body newState
	}) (*answer[stateNote], error) {
		h, err := f.holder(ctx, in.App)
		if err != nil {
			return nil, err
		}
		s, err := f.States.Keep(ctx, h, in.Body.Version, in.Body.State)
		if err != nil {
			return nil, err
		}
		return &answer[stateNote]{Body: shapeNote(s)}, nil
	})
}
