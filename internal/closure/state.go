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
	confirm          Event = "confirmed"            // identity proved, conditions hold
	approve          Event = "approved"             // a reviewer agreed, conditions hold
	reject           Event = "rejected"             // a reviewer did not
	elapse           Event = "cooling_off_over"     // time is up, conditions hold
	withdraw         Event = "withdrawn"            // the person changed the mind
	withdrawBySignIn Event = "withdrawn_by_sign_in" // a successful sign-in says so
	lapse            Event = "lapsed"               // never confirmed
	refuse           Event = "refused"              // conditions no longer hold
	finish           Event = "closed"               // every receipt is in
)

// ways is what a policy decides about the way through the states.
type ways struct {
	review          bool
	coolingOff      bool
	signInWithdraws bool
}

// onward stands in the table for "the next stage that the plan has".
const onward State = "→"

// table is the whole machine. What is not in it cannot happen.
var table = map[State]map[Event]State{
	Requested: {
		confirm:  onward,
		withdraw: Withdrawn,
		lapse:    Withdrawn,
	},
	InReview: {
		approve:          onward,
		reject:           Rejected,
		withdraw:         Withdrawn,
		withdrawBySignIn: Withdrawn,
		refuse:           Refused,
	},
	CoolingOff: {
		elapse:           Erasing,
		withdraw:         Withdrawn,
		withdrawBySignIn: Withdrawn,
		refuse:           Refused,
	},
	Erasing: {
		finish: Closed,
	},
}

// stateAfter gives the state that an event leads to under a plan, or false where the
// event cannot happen.
func stateAfter(s State, e Event, p ways) (State, bool) {
	if e == withdrawBySignIn && !p.signInWithdraws {
		return "", false
	}
	next, ok := table[s][e]
	if next == onward {
		next = p.after(s)
	}
	return next, ok
}

func (p ways) after(s State) State {
	switch {
	case s == Requested && p.review:
		return InReview
	case s != CoolingOff && p.coolingOff:
		return CoolingOff
	default:
		return Erasing
	}
}
