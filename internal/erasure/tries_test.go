package erasure

import (
	"testing"
	"time"
)

// The pause doubles with each failure up to the longest, and a lease outlives the
// try that it is for.
func TestPausesDoubleUpToTheLongest(t *testing.T) {
	tries := Tries{Timeout: time.Minute, Least: time.Second, Most: 5 * time.Second}
	for n, want := range []time.Duration{time.Second, time.Second, 2 * time.Second, 4 * time.Second, 5 * time.Second, 5 * time.Second} {
		if got := tries.pause(n); got != want {
			t.Errorf("after failure %d: %s, want %s", n, got, want)
		}
	}
	if got := tries.pause(1 << 40); got != tries.Most {
		t.Errorf("after very many: %s", got)
	}
	if got := (Tries{Least: time.Hour, Most: time.Minute}).pause(1); got != time.Minute {
		t.Errorf("the first pause is longer than the longest: %s", got)
	}
	if tries.Lease() <= tries.Timeout {
		t.Errorf("a lease of %s for tries of %s", tries.Lease(), tries.Timeout)
	}
}
