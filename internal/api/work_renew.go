package api

import (
	"context"
	"net/http"
	"time"
)

// renewal is for how much longer work is in hand.
type renewal struct {
	TTLSeconds int `json:"ttl_seconds" minimum:"1" doc:"From now on, from 10."`
}

// workRenew says that the work is still in hand. The answer tells when an order
// ends the session.
func (f *face) workRenew() {
	register(f, operation{
		ID: "renew-work", Method: http.MethodPut, Path: "/v1/session/work/{id}", Tag: tagSessions, Access: everyAccount(),
		Problems: map[int][]string{http.StatusNotFound: {"work_not_found"}, http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct {
		ByID
		Body renewal
	}) (*answer[leaseView], error) {
		l, err := f.Sessions.Renew(ctx, principalOf(ctx).Session, in.ID, time.Duration(in.Body.TTLSeconds)*time.Second)
		if err != nil {
			return nil, err
		}
		return &answer[leaseView]{Body: shapeLease(l)}, nil
	})
}
