package api

import (
	"context"
	"encoding/base64"
	"net/http"
)

// presenceList gives who is online. A page may be short and not the last: what
// leads to people is a hint, and only their sessions tell.
func (f *face) presenceList() {
	register(f, operation{
		ID: "list-presence", Method: http.MethodGet, Path: "/v1/organisations/{id}/presence", Tag: tagOrganisations, Access: managers(),
		Problems: map[int][]string{http.StatusNotFound: {"organisation_not_found", "department_not_found"}, http.StatusForbidden: {"admin_required"},
			http.StatusUnprocessableEntity: {"validation_failed"}},
	}, func(ctx context.Context, in *struct {
		InPresence
		Page
	}) (*answer[list[onlinePerson]], error) {
		after, err := in.after()
		if err != nil {
			return nil, err
		}
		by, err := f.manages(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		all, next, err := f.Sessions.Presence(ctx, by, in.ID, in.Department, after, in.Limit)
		if err != nil {
			return nil, err
		}
		out := &answer[list[onlinePerson]]{Body: list[onlinePerson]{Items: each(all, shapeOnline)}}
		if next != "" {
			out.Body.NextCursor = base64.RawURLEncoding.EncodeToString([]byte(cursorMark + next))
		}
		return out, nil
	})
}
