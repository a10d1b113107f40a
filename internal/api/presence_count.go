package api

import (
	"context"
	"net/http"
)

// crowdView counts who is online.
type crowdView struct {
	People  int                  `json:"people"`
	Devices map[string]kindCount `json:"devices" doc:"By kind of device."`
	More    bool                 `json:"more" doc:"Counting stopped at 10,000 people: there may be more."`
}

// presenceCount counts who is online, on which kinds of devices.
func (f *face) presenceCount() {
	register(f, operation{
		ID: "count-presence", Method: http.MethodGet, Path: "/v1/organisations/{id}/presence/counts", Tag: tagOrganisations, Access: managers(),
		Problems: map[int][]string{http.StatusNotFound: {"organisation_not_found", "department_not_found"}, http.StatusForbidden: {"admin_required"}},
	}, func(ctx context.Context, in *InPresence) (*answer[crowdView], error) {
		by, err := f.manages(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		c, err := f.Sessions.CountOnline(ctx, by, in.ID, in.Department)
		if err != nil {
			return nil, err
		}
		out := &answer[crowdView]{Body: crowdView{People: c.People, More: c.More, Devices: map[string]kindCount{}}}
		for kind, n := range c.Devices {
			out.Body.Devices[kind] = kindCount(n)
		}
		return out, nil
	})
}
