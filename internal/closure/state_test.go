package closure

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/signoff-id/signoff/internal/policy"
)

// The model says the same as the table in other words: by what must be true of
// every way through, not by listing the steps.
func TestEveryWayThroughTheStates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := ways{review: rapid.Bool().Draw(t, "review"), coolingOff: rapid.Bool().Draw(t, "cooling"), signInWithdraws: rapid.Bool().Draw(t, "sign-in")}
		state, seen := Requested, map[State]bool{Requested: true}
		for range rapid.IntRange(0, 20).Draw(t, "steps") {
			e := rapid.SampledFrom(events()).Draw(t, "event")
			next, ok := stateAfter(state, e, plan)
			if !ok {
				continue
			}
			if seen[next] {
				t.Fatalf("%s came back to %s", state, next)
			}
			if state.Ended() {
				t.Fatalf("%s is an end, and went on to %s", state, next)
			}
			check(t, plan, state, e, next, seen)
			state = next
			seen[state] = true
		}
	})
}

func check(t *rapid.T, plan ways, from State, e Event, to State, seen map[State]bool) {
	switch {
	case from == Erasing && to != Closed:
		t.Fatalf("an erasure has no way back, but went to %s", to)
	case to == Erasing && plan.review && !seen[InReview]:
		t.Fatal("erased without the review")
	case to == Erasing && plan.coolingOff && !seen[CoolingOff]:
		t.Fatal("erased without the cooling-off")
	case to == InReview && !plan.review, to == CoolingOff && !plan.coolingOff:
		t.Fatalf("%s is not in the plan", to)
	case to == Closed && from != Erasing:
		t.Fatal("closed without an erasure")
	case e == withdrawBySignIn && (!plan.signInWithdraws || to != Withdrawn):
		t.Fatalf("a sign-in led to %s", to)
	case (e == withdraw || e == lapse) && to != Withdrawn, e == reject && to != Rejected, e == refuse && to != Refused:
		t.Fatalf("%s led to %s", e, to)
	case e == reject && from != InReview, e == approve && from != InReview, e == elapse && from != CoolingOff, e == confirm && from != Requested:
		t.Fatalf("%s happened in %s", e, from)
	}
}

// From every state that is no end some event leads on, under every plan.
func TestNoStateIsATrap(t *testing.T) {
	for bits := range 8 {
		plan := ways{review: bits&1 != 0, coolingOff: bits&2 != 0, signInWithdraws: bits&4 != 0}
		for _, s := range States() {
			onwards := 0
			for _, e := range events() {
				if _, ok := stateAfter(s, e, plan); ok {
					onwards++
				}
			}
			if s.Ended() != (onwards == 0) {
				t.Errorf("%s under %+v: %d ways on", s, plan, onwards)
			}
		}
	}
}

// The machine knows every sign_in that a policy can write.
func TestEverySignInIsDecided(t *testing.T) {
	schema, err := os.ReadFile("../policy/schema.json")
	if err != nil {
		t.Fatal(err)
	}
	withdraws := map[string]bool{policy.SignInWithdraws: true, policy.SignInRefused: false}
	for _, value := range quoted.FindAllString(signIns.FindStringSubmatch(string(schema))[1], -1) {
		value = strings.Trim(value, `"`)
		want, known := withdraws[value]
		plan := planOf(&policy.Policy{CoolingOff: &policy.CoolingOff{Days: 15, SignIn: value}})
		if _, can := stateAfter(CoolingOff, withdrawBySignIn, plan); !known || can != want {
			t.Errorf("sign_in: %s: decide in planOf and SignedIn (service.go, sign_in.go) what a sign-in then does, and say it here", value)
		}
	}
}

var (
	signIns = regexp.MustCompile(`"sign_in": .*"enum": \[(.*)\]`)
	quoted  = regexp.MustCompile(`"[a-z_]+"`)
)

// events lists all of them.
func events() []Event {
	return []Event{confirm, approve, reject, elapse, withdraw, withdrawBySignIn, lapse, refuse, finish}
}
