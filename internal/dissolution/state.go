// Package dissolution dissolves organisations (企业注销). It goes through evidence
// that is reviewed, a public notice, objections that stop it, the release of
// the members, the hand-over or erasure of the organisation's data in every
// data holder, and a certificate. Like a closure it is a pure table; every step
// is one commit; jobs only wake it.
package dissolution

import "slices"

// State is where a dissolution stands.
type State string

// The states. The last three are ends.
const (
	Attesting State = "attesting" // prerequisites are attested and reviewed
	Announced State = "announced" // 公告期
	Objected  State = "objected"  // 异议: the clock stands still
	Releasing State = "releasing" // memberships end; no way back from here
	Erasing   State = "erasing"
	Closed    State = "closed"
	Withdrawn State = "withdrawn"
	Cancelled State = "cancelled" // an objection was upheld
)

// States lists all of them, in the order of a dissolution's life.
func States() []State {
	return []State{Attesting, Announced, Objected, Releasing, Erasing, Closed, Withdrawn, Cancelled}
}

// Ended says whether a state is an end.
func (s State) Ended() bool { return slices.Contains([]State{Closed, Withdrawn, Cancelled}, s) }

// Event is what happens to a dissolution.
type Event string

// The events.
const (
	Announce Event = "announced"           // all is attested and accepted, the notice is published
	Object   Event = "objection_raised"    // the first that is open
	Dismiss  Event = "objection_dismissed" // the last that was open
	Uphold   Event = "objection_upheld"
	Withdraw Event = "withdrawn"
	Elapse   Event = "notice_over" // nobody objected, or nobody was right
	Release  Event = "members_released"
	Finish   Event = "closed" // every receipt is in
)

// Events lists all of them.
func Events() []Event {
	return []Event{Announce, Object, Dismiss, Uphold, Withdraw, Elapse, Release, Finish}
}

// table is the whole machine. What is not in it cannot happen.
var table = map[State]map[Event]State{
	Attesting: {Announce: Announced, Withdraw: Withdrawn},
	Announced: {Object: Objected, Withdraw: Withdrawn, Elapse: Releasing},
	Objected:  {Dismiss: Announced, Uphold: Cancelled, Withdraw: Withdrawn},
	Releasing: {Release: Erasing},
	Erasing:   {Finish: Closed},
}

// Next gives the state that an event leads to, or false where it cannot happen.
func Next(s State, e Event) (State, bool) {
	next, ok := table[s][e]
	return next, ok
}
