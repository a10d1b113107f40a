package session

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
)

// Change is what somebody who watches an organisation is told.
type Change struct {
	// Everything says that so much has changed, or for so many at once, that the
	// list must be read again; then the rest is empty.
	Everything bool
	Account    string
	// Online is nil when the person is not there any more.
	Online *Online
}

const (
	// overlap is how far back a watcher reads again: an event is seen when its
	// commit is, which may be later than its time.
	overlap = 10 * time.Second
	// mostChanges is how many events a watcher takes in at a time.
	mostChanges = 500
)

// Watcher follows who comes and goes in one organisation. It is for one
// goroutine.
type Watcher struct {
	service      *Service
	organisation string
	from         time.Time
	seen         map[string]time.Time // events told before, by id
}

// Watch begins to follow an organisation from now on.
func (s *Service) Watch(organisation string) *Watcher {
	now := s.Now()
	return &Watcher{service: s, organisation: organisation, from: now, seen: map[string]time.Time{}}
}

// Next gives what has changed since the last call: sign-ins, and sessions that
// ended. Whoever only falls silent changes nothing; the list leaves such people
// out when it is read. An admin who is none any more gets organisation_not_found.
func (w *Watcher) Next(ctx context.Context, by audit.Actor) (changes []Change, err error) {
	s := w.service
	err = s.View(ctx, func(tx Tx) error {
		if err := allowed(ctx, tx, by, w.organisation); err != nil {
			return err
		}
		now := s.Now()
		touched, everything, err := w.touched(ctx, tx, now)
		if err != nil {
			return err
		}
		if everything {
			changes = []Change{{Everything: true}}
			return nil
		}
		if len(touched) == 0 {
			return nil
		}
		a, err := s.window(ctx, tx, w.organisation)
		if err != nil {
			return err
		}
		found, err := tx.OnlineOf(ctx, a, touched)
		if err != nil {
			return err
		}
		there := map[string]*Online{}
		for i := range found {
			there[found[i].Account] = &found[i]
		}
		for _, id := range touched {
			changes = append(changes, Change{Account: id, Online: there[id]})
		}
		return nil
	})
	return changes, err
}

// touched gives the accounts about which something happened, each once.
func (w *Watcher) touched(ctx context.Context, tx Tx, now time.Time) (accounts []string, everything bool, err error) {
	since := w.from.Add(-overlap)
	events, err := tx.EventsAbout(ctx, w.organisation, since, mostChanges+1)
	if err != nil {
		return nil, false, err
	}
	for id, at := range w.seen {
		if at.Before(since) {
			delete(w.seen, id)
		}
	}
	known := map[string]bool{}
	for _, e := range events {
		if _, told := w.seen[e.ID]; told {
			continue
		}
		w.seen[e.ID] = e.At
		switch {
		case e.Account == "":
			everything = true
		case !known[e.Account]:
			known[e.Account] = true
			accounts = append(accounts, e.Account)
		}
	}
	if everything = everything || len(events) > mostChanges; everything && len(events) > mostChanges {
		w.seen = map[string]time.Time{}
		w.from = now.Add(overlap) // what is older is in the list that is read again
		return nil, true, nil
	}
	if w.from.Before(now) {
		w.from = now
	}
	return accounts, everything, nil
}
