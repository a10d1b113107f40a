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

// ended says whether a state is an end.
func (s State) ended() bool { return slices.Contains([]State{Closed, Withdrawn, Cancelled}, s) }

// Event is what happens to a dissolution.
type Event string

// The events.
const (
	announce Event = "announced"           // all is attested and accepted, the notice is published
	object   Event = "objection_raised"    // the first that is open
	dismiss  Event = "objection_dismissed" // the last that was open
	uphold   Event = "objection_upheld"
	withdraw Event = "withdrawn"
	elapse   Event = "notice_over" // nobody objected, or nobody was right
	release  Event = "members_released"
	finish   Event = "closed" // every receipt is in
)

// events lists all of them.
func events() []Event {
	return []Event{announce, object, dismiss, uphold, withdraw, elapse, release, finish}
}

// table is the whole machine. What is not in it cannot happen.
var table = map[State]map[Event]State{
	Attesting: {announce: Announced, withdraw: Withdrawn},
	Announced: {object: Objected, withdraw: Withdrawn, elapse: Releasing},
	Objected:  {dismiss: Announced, uphold: Cancelled, withdraw: Withdrawn},
	Releasing: {release: Erasing},
	Erasing:   {finish: Closed},
}

// stateAfter gives the state that an event leads to, or false where it cannot happen.
func stateAfter(s State, e Event) (State, bool) {
	next, ok := table[s][e]
	return next, ok
}
