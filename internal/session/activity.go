package session

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"
)

// Seen is that a session was used.
type Seen struct {
	Session string
	Account string
	At      time.Time
}

// activity remembers which sessions were seen since the last flush, so that a
// check writes nothing.
type activity struct {
	mu   sync.Mutex
	last map[string]Seen
}

func (a *activity) note(s Session, at time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.last == nil {
		a.last = map[string]Seen{}
	}
	if a.last[s.ID].At.Before(at) {
		a.last[s.ID] = Seen{Session: s.ID, Account: s.Account, At: at}
	}
}

// take gives what was seen, in the order of ids: processes that write about the
// same sessions then seldom wait for each other in a ring.
func (a *activity) take() []Seen {
	a.mu.Lock()
	defer a.mu.Unlock()
	all := make([]Seen, 0, len(a.last))
	for _, s := range a.last {
		all = append(all, s)
	}
	a.last = nil
	slices.SortFunc(all, func(x, y Seen) int { return cmp.Compare(x.Session, y.Session) })
	return all
}

// putBack keeps what could not be written for the next time.
func (a *activity) putBack(all []Seen) {
	for _, s := range all {
		a.note(Session{ID: s.Session, Account: s.Account}, s.At)
	}
}

// flushBatch is how many sessions one statement writes.
const flushBatch = 1000

// Flush writes down when sessions were last seen. Called at least twice in
// ActivityLag, and before the process ends, it makes idleness certain: a session
// that is used no further apart than its Idle allows never ends for being idle,
// whatever process sees it, and one that is not used ends at most ActivityLag
// after its time.
func (s *Service) Flush(ctx context.Context) error {
	all := s.seen.take()
	for len(all) > 0 {
		batch := all[:min(flushBatch, len(all))]
		err := s.InTx(ctx, func(tx Tx) error { return tx.RecordActivity(ctx, batch, s.Window) })
		if err != nil {
			s.seen.putBack(all)
			return err
		}
		all = all[len(batch):]
	}
	return nil
}
