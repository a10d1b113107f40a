package erasure

import "time"

// Tries says how an erasure's parts are tried.
type Tries struct {
	Timeout time.Duration // of one try
	Least   time.Duration // pause after the first failure; doubled each time
	Most    time.Duration // longest pause
}

// Lease is how long nobody else works on what somebody has taken.
func (t Tries) Lease() time.Duration { return t.Timeout + 10*time.Second }

// pause gives the time between the n-th failure (from 1) and the next try.
func (t Tries) pause(n int) time.Duration {
	p := t.Least
	for ; n > 1 && p < t.Most; n-- {
		p *= 2
	}
	return min(p, t.Most)
}
