package api

import (
	"context"
	"net/http"

	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/identity"
)

// holderView says what a data holder is and what an erasure does there.
type holderView struct {
	Name  string       `json:"name"`
	Kind  string       `json:"kind" example:"sqldb"`
	Title string       `json:"title,omitempty" doc:"In the caller's language."`
	Items []holderItem `json:"items" nullable:"false"`

	LastCheck *holderChecked `json:"last_check,omitempty" doc:"What the holder said when it was checked last; missing before the first check."`
	Waiting   int            `json:"waiting" doc:"Parts of erasures that are not done there."`
	Failing   int            `json:"failing" doc:"Of these, whose last try failed."`
}

// holderItem is what an erasure does with one kind of data.
type holderItem struct {
	Name      string            `json:"name"`
	Action    string            `json:"action" enum:"delete,blank,pseudonymise,reassign,keep"`
	Period    string            `json:"period,omitempty" doc:"How long it is kept, as an ISO 8601 duration." example:"P10Y"`
	Basis     string            `json:"basis,omitempty" doc:"The legal basis for keeping it."`
	BasisText map[string]string `json:"basis_text,omitempty" doc:"The basis in words, by language."`
}

func (f *face) shapeHolder(ctx context.Context, checks map[string]holder.LastCheck, waiting map[string]holder.Backlog) func(holder.Description) holderView {
	lang := httpserver.Language(ctx)
	return func(d holder.Description) holderView {
		v := holderView{Name: d.Name, Kind: d.Kind, Title: d.Title[lang], Waiting: waiting[d.Name].Open, Failing: waiting[d.Name].Failing,
			Items: each(d.Items, func(i holder.Described) holderItem { return holderItem(i) })}
		if c, ok := checks[d.Name]; ok {
			last := f.shapeCheck(ctx, c)
			v.LastCheck = &last
		}
		return v
	}
}

// holderList gives the installation's data holders, in the order of the
// configuration, with their health.
func (f *face) holderList() {
	register(f, operation{
		ID: "list-holders", Method: http.MethodGet, Path: "/v1/holders", Tag: tagHolders, Access: role(identity.Operator, identity.Auditor),
	}, func(ctx context.Context, _ *none) (*answer[list[holderView]], error) {
		checks, waiting, err := f.Holders.Health(ctx)
		if err != nil {
			return nil, err
		}
		return &answer[list[holderView]]{Body: list[holderView]{Items: each(f.Holders.Describe(), f.shapeHolder(ctx, checks, waiting))}}, nil
	})
}
