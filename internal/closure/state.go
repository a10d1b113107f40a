// Package closure closes accounts (注销). It goes through conditions, proof of
// identity, review, cooling-off, erasure in every data holder, and a
// certificate. The state machine is a pure table; every step is one commit that
// holds the account's lock; jobs only wake a closure, so a lost or doubled one
// changes nothing.
package closure

import "slices"

// State is where a closure stands.
type State string

// The states. The last four are ends.
const (
	Requested  State = "requested"   // asked for; identity not yet proved
	InReview   State = "in_review"   // 审核中
	CoolingOff State = "cooling_off" // 冷静期
	Erasing    State = "erasing"     // no way back from here
	Closed     State = "closed"
	Withdrawn  State = "withdrawn"
	Rejected   State = "rejected"
	Refused    State = "refused"
)

// States lists all of them, in the order of a closure's life.
func States() []State {
	return []State{Requested, InReview, CoolingOff, Erasing, Closed, Withdrawn, Rejected, Refused}
}

// Ended says whether a state is an end.
func (s State) Ended() bool {
	return slices.Contains([]State{Closed, Withdrawn, Rejected, Refused}, s)
}

// Event is what happens to a closure.
type Event string

// The events.
const (
	Confirm          Event = "confirmed"            // identity proved, conditions hold
	Approve          Event = "approved"             // a reviewer agreed, conditions hold
	Reject           Event = "rejected"             // a reviewer did not
	Elapse           Event = "cooling_off_over"     // time is up, conditions hold
	Withdraw         Event = "withdrawn"            // the person changed the mind
	WithdrawBySignIn Event = "withdrawn_by_sign_in" // a successful sign-in says so
	Lapse            Event = "lapsed"               // never confirmed
	Refuse           Event = "refused"              // conditions no longer hold
	Finish           Event = "closed"               // every receipt is in
)

// Events lists all of them.
func Events() []Event {
	return []Event{Confirm, Approve, Reject, Elapse, Withdraw, WithdrawBySignIn, Lapse, Refuse, Finish}
}

// Plan is what a policy decides about the way through the states.
type Plan struct {
	Review          bool
	CoolingOff      bool
	SignInWithdraws bool
}

// onward stands in the table for "the next stage that the plan has".
const onward State = "→"

// table is the whole machine. What is not in it cannot happen.
var table = map[State]map[Event]State{
	Requested: {
		Confirm:  onward,
		Withdraw: Withdrawn,
		Lapse:    Withdrawn,
	},
	InReview: {
		Approve:          onward,
		Reject:           Rejected,
		Withdraw:         Withdrawn,
		WithdrawBySignIn: Withdrawn,
		Refuse:           Refused,
	},
	CoolingOff: {
		Elapse:           Erasing,
		Withdraw:         Withdrawn,
		WithdrawBySignIn: Withdrawn,
		Refuse:           Refused,
	},
	Erasing: {
		Finish: Closed,
	},
}

// Next gives the state that an event leads to under a plan, or false where the
// event cannot happen.
func Next(s State, e Event, p Plan) (State, bool) {
	if e == WithdrawBySignIn && !p.SignInWithdraws {
		return "", false
	}
	next, ok := table[s][e]
	if next == onward {
		next = p.after(s)
	}
	return next, ok
}

func (p Plan) after(s State) State {
	switch {
	case s == Requested && p.Review:
		return InReview
	case s != CoolingOff && p.CoolingOff:
		return CoolingOff
	default:
		return Erasing
	}
}
