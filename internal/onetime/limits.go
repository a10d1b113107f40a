package onetime

import (
	"bytes"
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
)

// Limits bound how often codes are issued. They count for whoever the codes are
// about and, apart from that, for the address that they go to: nobody's mailbox
// is flooded by somebody who tries many names, and no name gets more than a few
// tries at guessing.
type Limits struct {
	PerHour int
	pause   time.Duration // between two
}

// StandardLimits allow five an hour, a minute apart. With five tries each, that
// is 25 guesses among a million codes in an hour.
func StandardLimits() Limits { return Limits{PerHour: 5, pause: time.Minute} }

// window is what PerHour counts over.
const window = time.Hour

// KeptFor is how long a code that is over is still counted; then its row goes.
const KeptFor = window

// allow takes the turn of the subject and the address, and answers
// too_many_codes when either has to wait. Where what somebody typed stands for
// an account, only the subject's wait is told: the address's would say that two
// names lead to one person. Then the code is made and not sent.
func (l Limits) allow(ctx context.Context, tx CodeTx, o Order, subject, address []byte, now time.Time) (send bool, err error) {
	keys := [][]byte{subject, address}
	if bytes.Equal(subject, address) {
		keys = keys[:1]
	}
	if err := tx.TakeTurns(ctx, now, keys...); err != nil {
		return false, err
	}
	waits := []time.Duration{0, 0}
	for i, key := range keys {
		at, err := tx.CodesSince(ctx, key, now.Add(-window))
		if err != nil {
			return false, err
		}
		waits[i] = l.wait(at, now)
	}
	quiet := o.Subject != "" && waits[0] <= 0
	if wait := max(waits[0], waits[1]); wait > 0 && !quiet {
		return false, fault.New(fault.TooMany, "too_many_codes", "retry_after", wait)
	}
	return waits[1] <= 0, nil
}

// wait gives how long it is until another code may be issued; at is when there
// were some within the window, the newest first.
func (l Limits) wait(at []time.Time, now time.Time) (wait time.Duration) {
	if len(at) > 0 {
		wait = at[0].Add(l.pause).Sub(now)
	}
	if len(at) >= l.PerHour {
		wait = max(wait, at[l.PerHour-1].Add(window).Sub(now))
	}
	return wait
}
