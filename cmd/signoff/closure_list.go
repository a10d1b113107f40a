package main

import (
	"context"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/closure"
)

type closureListCmd struct {
	part
	State   string `enum:"${closure_states}," default:""`
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
		v, err := c.find(ctx, e, a.Closures, f)
		if err != nil {
			return err
		}
		return e.show(v, func(p *page) {
			p.table([]string{"id", "state", "policy", "requested_at", "due"}, views(v, func(x closureView) []string {
				return []string{x.ID, e.word(string(x.State)), x.Policy.Name, when(x.RequestedAt), e.due(x)}
			}))
		})
	})
}

// find reads as many pages as it takes: what is overdue is not a question to
// the database, and may come after much that is not.
func (c closureListCmd) find(ctx context.Context, e *env, s *closure.Service, f closure.Filter) ([]closureView, error) {
	if c.Overdue {
		f.Limit = max(f.Limit, 100)
	}
	v, now := []closureView{}, s.Now()
	for {
		all, err := s.List(ctx, f)
		if err != nil {
			return nil, err
		}
		for _, x := range all {
			f.After = x.ID
			if one := e.viewClosure(x.Closure, x.Policy, now); one.Overdue || !c.Overdue {
				v = append(v, one)
			}
			if len(v) == c.Limit {
				return v, nil
			}
		}
		if !c.Overdue || len(all) < f.Limit {
			return v, nil
		}
	}
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
