package e2e_test

import (
	"errors"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/signoff-id/signoff/client"
)

func TestRepeatedCalls(t *testing.T) {
	each(t, func(t *testing.T, s *stage) {
		s.run(t, "the same call twenty times at once", theSameCallTwentyTimesAtOnce)
		s.run(t, "repeated calls create once", repeatedCallsCreateOnce)
	})
}

// A creating call may be repeated with its key, at once or later, also after a
// restart, and creates one thing.
func repeatedCallsCreateOnce(t *testing.T, s *stage) {
	p := s.person()
	ctx := client.WithIdempotencyKey(t.Context(), "arrear-of-may")
	owed := client.NewArrear{Currency: "CNY", Amount: 100}
	first, err := s.operator.AddArrear(ctx, p.id, owed)
	s.Must(err)
	second, err := s.operator.AddArrear(ctx, p.id, owed)
	if err != nil || second != first {
		t.Errorf("the same call again gives %+v and %v, first %+v", second, err, first)
	}
	owed.Amount = 101
	if _, err := s.operator.AddArrear(ctx, p.id, owed); !client.HasCode(err, "idempotency_key_reused") || !client.HasStatus(err, http.StatusUnprocessableEntity) {
		t.Errorf("another body: %v", err)
	}
	owed.Amount = 100
	s.restart(func() { s.Clock.Advance(23 * time.Hour) })
	if third, err := s.operator.AddArrear(ctx, p.id, owed); err != nil || third != first {
		t.Errorf("after a restart: %+v, %v", third, err)
	}
	other := s.staff(client.Operator)
	if fourth, err := other.AddArrear(ctx, p.id, owed); err != nil || fourth.ID == first.ID {
		t.Errorf("another operator's key is another one: %+v, %v", fourth, err)
	}
	s.Clock.Advance(time.Hour)
	if fifth, err := s.operator.AddArrear(ctx, p.id, owed); err != nil || fifth.ID == first.ID {
		t.Errorf("a day later the key is forgotten: %+v, %v", fifth, err)
	}
	if n := s.number(`SELECT count(*) FROM arrears`); n != 3 {
		t.Errorf("%d arrears, want 3", n)
	}
}

// Twenty at once: one creates, and the others get its answer or are asked to
// come again.
func theSameCallTwentyTimesAtOnce(t *testing.T, s *stage) {
	p := newcomer()
	s.planted.add(p.name, p.mobile, p.email, p.username, p.password)
	ctx := client.WithIdempotencyKey(t.Context(), "twenty")
	var mu sync.Mutex
	var all sync.WaitGroup
	made := map[string]int{}
	for range 20 {
		all.Go(func() {
			for {
				a, err := s.operator.CreateAccount(ctx, p.account())
				problem, refused := errors.AsType[*client.Problem](err)
				if refused && problem.Code == "idempotency_in_progress" {
					if problem.RetryAfter <= 0 || problem.Status != http.StatusConflict {
						t.Errorf("asked to come again without a time: %+v", problem)
					}
					continue // the test need not wait as long as it is asked to
				}
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				made[a.ID]++
				mu.Unlock()
				return
			}
		})
	}
	all.Wait()
	if len(made) != 1 {
		t.Errorf("made %v", made)
	}
}
