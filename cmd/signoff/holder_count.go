package main

import (
	"context"
	"strconv"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/identity"
)

// holderCountCmd says what data holders have about a person now.
type holderCountCmd struct {
	Name    string `arg:"" optional:""`
	Account string `required:"" placeholder:"ACCOUNT"`
}

type countView struct {
	Holder string        `json:"holder"`
	Items  []holder.Item `json:"items"`
}

func (c holderCountCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		who, err := findAccount(ctx, a, c.Account)
		if err != nil {
			return err
		}
		names := a.Holders.Names()
		if c.Name != "" {
			names = []string{c.Name}
		}
		var v []countView
		for _, name := range names {
			h, err := a.Holders.Get(name)
			if err != nil {
				return err
			}
			items, err := h.Count(ctx, subjectOf(who))
			if err != nil {
				return err
			}
			v = append(v, countView{name, items})
		}
		return e.show(v, func(p *page) { p.counts(v) })
	})
}

// subjectOf is the person as data holders know them.
func subjectOf(a identity.Account) holder.Subject {
	s := holder.Subject{Account: a.ID, Identifiers: map[string][]string{}}
	for _, id := range a.Identifiers {
		s.Identifiers[id.Kind] = append(s.Identifiers[id.Kind], id.Value)
	}
	return s
}

func (p *page) counts(all []countView) {
	var rows [][]string
	for _, c := range all {
		for _, i := range c.Items {
			size := ""
			if i.Bytes > 0 {
				size = strconv.FormatInt(i.Bytes, 10)
			}
			rows = append(rows, []string{c.Holder, i.Name, p.e.word(i.Action), strconv.FormatInt(i.Count, 10), size})
		}
	}
	p.table([]string{"holder", "item", "action", "count", "bytes"}, rows)
}
