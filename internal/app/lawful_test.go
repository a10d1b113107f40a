package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// lawful holds what must be true of every account at every moment, whatever
// happened to it and in whatever order.
func (t *trail) lawful(tb testing.TB) {
	tb.Helper()
	for _, wrong := range t.wrongs() {
		tb.Errorf("account %s: %s", t.account, wrong)
	}
}

func (t *trail) wrongs() (found []string) {
	wrong := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	var want []string // notices
	open := 0
	for _, c := range t.closures {
		if !slices.Equal(c.timeline, c.audit) {
			wrong("closure %s: timeline %v, audit log %v", c.id, c.timeline, c.audit)
		}
		state, notices, err := replay(rulesNamed(c.policy), c.timeline)
		if err != nil || state != c.state {
			wrong("closure %s is %s; its timeline %v leads to %q (%v)", c.id, c.state, c.timeline, state, err)
		}
		want = append(want, notices...)
		if !ended(c.state) {
			open++
		}
		begun := c.state == "erasing" || c.state == "closed"
		switch {
		case begun != c.ledger, c.completed != (c.state == "closed"):
			wrong("closure %s is %s with ledger %v, completed %v", c.id, c.state, c.ledger, c.completed)
		case !begun && c.parts > 0, count(c.timeline, "holder_erased") != c.verified:
			wrong("closure %s is %s with %d of %d parts verified: %v", c.id, c.state, c.verified, c.parts, c.timeline)
		case (c.state == "closed") != (c.certificates == 1) || c.certificates > 1:
			wrong("closure %s is %s with %d certificates", c.id, c.state, c.certificates)
		case c.woken != slices.Contains([]string{"requested", "cooling_off", "erasing"}, c.state):
			wrong("closure %s is %s and has a time to wake: %v", c.id, c.state, c.woken)
		case c.state == "closed" && c.verified != c.parts:
			wrong("closure %s is closed with %d of %d parts verified", c.id, c.verified, c.parts)
		}
	}
	if open > 1 {
		wrong("%d open closures", open)
	}
	last := t.newest()
	resting := t.state == "paused" && t.live == 0 && (last.state == "" || ended(last.state))
	if accountIn(last.state) != t.state && (!resting || last.state == "closed") {
		wrong("account is %s, its last closure %s", t.state, last.state)
	}
	if t.open > 0 && !slices.Contains([]string{"", "requested", "withdrawn", "rejected", "refused"}, last.state) {
		wrong("%d sessions live while the closure is %s", t.open, last.state)
	}
	if gone := slices.Contains(last.timeline, "own_rows_erased"); gone {
		if t.names+t.secrets > 0 {
			wrong("%d names and %d secrets after the erasure", t.names, t.secrets)
		}
		want = nil // they went with the rest
		if last.state == "closed" {
			want = []string{"closure_closed"}
		}
	}
	told := slices.DeleteFunc(slices.Clone(t.notices), func(k string) bool { return !strings.HasPrefix(k, "closure_") })
	slices.Sort(told)
	slices.Sort(want)
	if !slices.Equal(told, want) {
		wrong("notices %v, want %v", told, want)
	}
	return found
}

func ended(state string) bool {
	return slices.Contains([]string{"closed", "withdrawn", "rejected", "refused"}, state)
}

// accountIn is the account's state while its last closure is in a state.
func accountIn(closure string) string {
	if closure == "erasing" || closure == "closed" {
		return closure
	}
	return "active"
}

func count(all []string, one string) (n int) {
	for _, s := range all {
		if s == one {
			n++
		}
	}
	return n
}

// replay walks a timeline as the requirements tell the story, and gives where
// it ends and which notices it brought.
func replay(r rules, timeline []string) (state string, notices []string, err error) {
	afterReview := "erasing"
	if r.cooling != "" {
		afterReview = "cooling_off"
	}
	afterProof := afterReview
	if r.review {
		afterProof = "in_review"
	}
	type way struct{ from, to, notice string }
	ways := map[string][]way{
		"requested":            {{"", "requested", ""}},
		"confirmed":            {{"requested", afterProof, "closure_requested"}},
		"approved":             {{"in_review", afterReview, "closure_approved"}},
		"rejected":             {{"in_review", "rejected", "closure_rejected"}},
		"cooling_off_over":     {{"cooling_off", "erasing", ""}},
		"lapsed":               {{"requested", "withdrawn", ""}},
		"withdrawn":            {{"requested", "withdrawn", "closure_withdrawn"}, {"in_review", "withdrawn", "closure_withdrawn"}, {"cooling_off", "withdrawn", "closure_withdrawn"}},
		"refused":              {{"in_review", "refused", "closure_refused"}, {"cooling_off", "refused", "closure_refused"}},
		"holder_erased":        {{"erasing", "erasing", ""}},
		"own_rows_erased":      {{"erasing", "erasing", ""}},
		"closed":               {{"erasing", "closed", "closure_closed"}},
		"withdrawn_by_sign_in": nil,
	}
	if r.signIn != "refused" {
		ways["withdrawn_by_sign_in"] = []way{{"in_review", "withdrawn", "closure_withdrawn_by_sign_in"}, {"cooling_off", "withdrawn", "closure_withdrawn_by_sign_in"}}
	}
	for i, event := range timeline {
		at := slices.IndexFunc(ways[event], func(w way) bool { return w.from == state })
		if at < 0 {
			return state, notices, fmt.Errorf("%s cannot happen in %q", event, state)
		}
		if event == "own_rows_erased" && slices.Contains(timeline[i+1:], "holder_erased") {
			return state, notices, fmt.Errorf("own rows went before a data holder's")
		}
		step := ways[event][at]
		if state = step.to; step.notice != "" {
			notices = append(notices, step.notice)
		}
	}
	for _, once := range []string{"own_rows_erased", "closed"} {
		if count(timeline, once) > 1 {
			return state, notices, fmt.Errorf("%s happened twice", once)
		}
	}
	return state, notices, nil
}
