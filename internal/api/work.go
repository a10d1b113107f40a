package api

import (
	"context"
	"errors"
	"time"

	"github.com/signoff-id/signoff/internal/httpserver"
	"github.com/signoff-id/signoff/internal/work"
)

// leaseView is announced work.
type leaseView struct {
	ID        string     `json:"id"`
	SessionID string     `json:"session_id"`
	App       string     `json:"app"`
	Kind      string     `json:"kind" enum:"unsaved,running"`
	What      string     `json:"what,omitempty"`
	Link      string     `json:"link,omitempty"`
	Since     time.Time  `json:"since"`
	ExpiresAt time.Time  `json:"expires_at" doc:"Renew it before then."`
	EndsAt    *time.Time `json:"ends_at,omitempty" doc:"When an order ends the session: save now, and release."`
}

func shapeLease(l work.Lease) leaseView {
	return leaseView{ID: l.ID, SessionID: l.Session, App: l.App, Kind: l.Item.Kind, What: l.Item.What, Link: l.Item.Link,
		Since: l.Item.Since.UTC(), ExpiresAt: l.ExpiresAt.UTC(), EndsAt: when(l.EndsAt)}
}

// withWork lets a refusal for work in hand say what it is. Any other error stays
// as it is.
func (f *face) withWork(ctx context.Context, err error) error {
	var pending *work.Pending
	if !errors.As(err, &pending) {
		return err
	}
	problem := f.site.Problem(ctx, err)
	for _, l := range pending.Leases {
		w := httpserver.ProblemWork{App: l.App, Kind: l.Item.Kind, Since: l.Item.Since.UTC()}
		// What another account does in this browser is not the caller's to read.
		if l.Account == principalOf(ctx).Account() {
			w.What, w.Link = l.Item.What, l.Item.Link
		}
		problem.Work = append(problem.Work, w)
	}
	return problem
}

// lookEvery is how often a waiting request looks.
const lookEvery = 250 * time.Millisecond

// patiently does something that work in hand stands in the way of, and waits for
// the work up to so many seconds. What was in hand decides nothing here: do asks
// again in its own commit.
func (f *face) patiently(ctx context.Context, seconds int, whose work.Whose, do func() error) error {
	var pending *work.Pending
	err := do()
	if seconds > 0 && errors.As(err, &pending) {
		late := f.until(ctx, seconds, func() (bool, error) {
			open, err := f.Sessions.InHand(ctx, whose)
			return len(open) == 0, err
		})
		if late != nil {
			return late
		}
		err = do()
	}
	return f.withWork(ctx, err)
}

// until looks again and again until something is so, or the seconds are over.
func (f *face) until(ctx context.Context, seconds int, so func() (bool, error)) error {
	if yes, err := so(); yes || err != nil || seconds <= 0 {
		return err
	}
	over, tick := time.NewTimer(time.Duration(seconds)*time.Second), time.NewTicker(lookEvery)
	defer over.Stop()
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-over.C:
			return nil
		case <-tick.C:
			if yes, err := so(); yes || err != nil {
				return err
			}
		}
	}
}
