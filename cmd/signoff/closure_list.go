package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/closure"
)

type closureListCmd struct {
	part
	State   string `enum:"requested,in_review,cooling_off,erasing,closed,withdrawn,rejected,refused," default:""`
	Account string `placeholder:"ACCOUNT"`
	Overdue bool
}

func (c closureListCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		f := closure.Filter{State: closure.State(c.State), After: c.After, Limit: c.Limit}
		if c.Account != "" {
			who, err := findAccount(ctx, a, c.Account)
			if err != nil {
				return err
			}
			f.Account = who.ID
		}
		all, err := a.Closures.List(ctx, f)
		if err != nil {
			return err
		}
		v, now := []closureView{}, a.Closures.Now()
		for _, x := range all {
			if one := e.viewClosure(x.Closure, x.Policy, now); one.Overdue || !c.Overdue {
				v = append(v, one)
			}
		}
		return e.show(v, func(p *page) {
			p.table([]string{"id", "state", "policy", "requested_at", "due"}, views(v, func(x closureView) []string {
				return []string{x.ID, e.word(string(x.State)), x.Policy.Name, when(x.RequestedAt), e.due(x)}
			}))
		})
	})
}

// due says by when the next thing happens to a closure, and what stands out.
func (e *env) due(c closureView) string {
	var s string
	switch c.State {
	case closure.InReview:
		s = whenPerhaps(c.ReviewDueAt)
	case closure.CoolingOff:
		s = whenPerhaps(c.CoolingUntil)
	case closure.Erasing:
		s = whenPerhaps(c.DeadlineAt)
	}
	if c.Overdue {
		s += " " + e.say("word.overdue")
	}
	return s
}
