package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/holder"
)

type holderListCmd struct{}

type holderView struct {
	Name  string            `json:"name"`
	Kind  string            `json:"kind"`
	Title map[string]string `json:"title,omitempty"`
	Items []describedView   `json:"items"`
}

type describedView struct {
	Name   string `json:"name"`
	Action string `json:"action"`
	Period string `json:"period,omitempty"`
	Basis  string `json:"basis,omitempty"`
}

func viewHolder(d holder.Description) holderView {
	return holderView{d.Name, d.Kind, d.Title, views(d.Items, func(i holder.Described) describedView {
		return describedView{i.Name, i.Action, i.Period, i.Basis}
	})}
}

func (holderListCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		all := a.Holders.Describe()
		return e.show(views(all, viewHolder), func(p *page) {
			var rows [][]string
			for _, d := range all {
				for _, i := range d.Items {
					basis := i.BasisText[e.lang]
					if basis == "" {
						basis = i.Basis
					}
					rows = append(rows, []string{d.Name, d.Kind, i.Name, e.word(i.Action), i.Period, basis})
				}
			}
			p.table([]string{"holder", "kind", "item", "action", "period", "basis"}, rows)
		})
	})
}
