package api

import (
	"context"
	"net/http"
	"time"

	"github.com/signoff-id/signoff/internal/work"
)

// newWork is what an app has in hand.
type newWork struct {
	Kind       string     `json:"kind" enum:"unsaved,running"`
	What       string     `json:"what" minLength:"1" doc:"In a few words, for the person: up to 200 characters."`
	Link       string     `json:"link,omitempty" doc:"Where to finish it: https, or a path on the app's site."`
	Since      *time.Time `json:"since,omitempty" doc:"Left out: now."`
	TTLSeconds int        `json:"ttl_seconds" minimum:"1" doc:"How long it counts if it is not renewed: from 10."`
}

// workAnnounce says that the app of this session has work in hand.
func (f *face) workAnnounce() {
	register(f, operation{
		ID: "announce-work", Method: http.MethodPost, Path: "/v1/session/work", Tag: tagSessions, Access: everyAccount(), Status: http.StatusCreated, Creates: true,
		Problems: map[int][]string{http.StatusConflict: {"work_too_much"}, http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct{ Body newWork }) (*created[leaseView], error) {
		item := work.Item{Kind: in.Body.Kind, What: in.Body.What, Link: in.Body.Link}
		if in.Body.Since != nil {
			item.Since = *in.Body.Since
		}
		l, err := f.Sessions.Announce(ctx, principalOf(ctx).Session, item, time.Duration(in.Body.TTLSeconds)*time.Second)
		if err != nil {
			return nil, err
		}
		return &created[leaseView]{Location: "/v1/session/work/" + l.ID, Body: shapeLease(l)}, nil
	})
}
