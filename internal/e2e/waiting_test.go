package e2e_test

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/client"
)

// patience is long because the cores may be busy; nothing waits that long by
// itself.
const patience = 3 * time.Minute

// until polls for something that the running loops bring about.
func (s *stage) until(what string, done func() bool) {
	s.T.Helper()
	ctx, cancel := context.WithTimeout(s.T.Context(), patience)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-ctx.Done():
			s.T.Fatalf("waited in vain for %s", what)
		case <-tick.C:
		}
	}
}

// reaches waits until a closure is in a state and gives it as operators see it.
func (s *stage) reaches(closure, state string) client.Closure {
	s.T.Helper()
	var got client.Closure
	s.until("the closure to be "+state, func() bool {
		var err error
		got, err = s.operator.Closure(s.T.Context(), closure)
		s.Must(err)
		return got.State == state
	})
	return got
}

// settle waits until nothing is under way: every audit entry has its place,
// every notice has left, what the moved clock made due is tidied, and no job
// waits that could run now.
func (s *stage) settle() {
	s.T.Helper()
	s.until("everything to settle", func() bool {
		return s.number(`SELECT count(*) FROM audit_entries WHERE seq IS NULL`) == 0 &&
			s.number(`SELECT count(*) FROM notices WHERE ended_at IS NULL`) == 0 &&
			s.number(`SELECT count(*) FROM identifier_reservations WHERE free_at <= $1`, s.Clock.Now().UnixMicro()) == 0 &&
			s.number(`SELECT count(*) FROM sessions WHERE ended_at IS NULL AND due_at <= $1`, s.Clock.Now().UnixMicro()) == 0
	})
}

// number reads one number from Signoff's own database.
func (s *stage) number(query string, args ...any) (n int) {
	s.T.Helper()
	s.Must(s.App.DB.Read.QueryRowContext(s.T.Context(), query, args...).Scan(&n))
	return n
}
