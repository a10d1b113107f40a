package main

import (
	"context"
	"strconv"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/closure"
)

// whichClosure names a closure by its id.
type whichClosure struct {
	Closure string `arg:""`
}

type closureShowCmd struct{ whichClosure }

type closureDetail struct {
	closureView
	Timeline []happeningView `json:"timeline"`
	Parts    []partView      `json:"parts"`
}

func (c closureShowCmd) Run(ctx context.Context, e *env) error {
	return e.open(ctx, func(a *app.App) error {
		x, err := a.Closures.Get(ctx, c.Closure, "")
		if err != nil {
			return err
		}
		d := closureDetail{e.viewClosure(x.Closure, x.Policy, a.Closures.Now()), views(x.Timeline, viewHappening), views(x.Parts, viewPart)}
		return e.show(d, func(p *page) { d.print(p, x.Parts) })
	})
}

func (d closureDetail) print(p *page, parts []closure.Part) {
	e := p.e
	state := e.word(string(d.State))
	if d.Overdue {
		state += " " + e.say("word.overdue")
	}
	p.pairs(pair{"id", d.ID}, pair{"account", d.Account}, pair{"state", state},
		pair{"policy", d.Policy.Name + " " + strconv.Itoa(d.Policy.Version)}, pair{"requested_at", when(d.RequestedAt)},
		pair{"review_due_at", whenPerhaps(d.ReviewDueAt)}, pair{"cooling_off_until", whenPerhaps(d.CoolingUntil)},
		pair{"deadline_at", whenPerhaps(d.DeadlineAt)}, pair{"ended_at", whenPerhaps(d.EndedAt)}, pair{"certificate", d.Certificate})
	section(p, "timeline", []string{"at", "event", "audit_seq"}, d.Timeline, func(h happeningView) []string {
		seq := "…"
		if h.Seq != nil {
			seq = strconv.FormatInt(*h.Seq, 10)
		}
		return []string{when(h.At), e.word(h.Event), seq}
	})
	section(p, "parts", []string{"holder", "attempts", "erased", "verified_at", "next_try_at", "last_error"}, parts, func(x closure.Part) []string {
		next := ""
		if !x.Done() {
			next = when(x.NextTryAt)
		}
		return []string{x.Holder, strconv.Itoa(x.Attempts), erased(x), when(x.VerifiedAt), next, x.LastError}
	})
}
