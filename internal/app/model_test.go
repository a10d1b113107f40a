package app_test

import (
	"context"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/closure"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
)

// model is what a person may expect of Signoff, written down as the
// requirements tell it: one account, what stands in its way, its sessions and
// its closures. It shares no code and no table with the rooms that it checks.
type model struct {
	w       *apptest.World
	ctx     context.Context
	holders map[string]*unruly
	visited map[string]int // how often a closure was seen in each state

	account, name string

	// The newest closure.
	rules        rules
	closure      string
	link         string
	stage        string // where it stands; "" before the first
	requestedAt  time.Time
	coolingUntil time.Time

	// What stands in the way.
	company, todo, binding, arrear string
	leads, flagged                 bool
	paused                         bool

	sessions map[string]time.Time // valid tokens, and when they expire
	dead     []string             // tokens that must never be valid again

	// The erasure.
	erased   map[string]bool      // data holders that are done
	notYet   map[string]time.Time // a failed holder, and when it failed
	ownGone  bool
	goneAt   time.Time
	nameBack bool // the name has been registered anew
}

// TestAnyHistoryIsAsTheModelSays drives the real rooms by random histories:
// anything may happen at any time, twice, in any order.
func TestAnyHistoryIsAsTheModelSays(t *testing.T) {
	for _, engine := range apptest.Engines {
		t.Run(engine, func(t *testing.T) {
			holders := map[string]*unruly{"one": newUnruly("one"), "two": newUnruly("two")}
			w := apptest.New(t, engine, withHolders(t, holders["one"], holders["two"]), withoutThrottle, withLogbook(&logbook{}))
			install(w, allRules()...)
			visited := map[string]int{}
			rapid.Check(t, func(rt *rapid.T) {
				// Every history begins on the same day, with people of its own.
				w.Clock.Advance(apptest.Start.Sub(w.Clock.Now()))
				m := newModel(w, holders, visited)
				rt.Repeat(m.actions())
			})
			t.Logf("closures seen in each state, by checks: %v", visited)
			if _, err := w.App.Audit.Sequence(t.Context()); err != nil {
				t.Error(err)
			}
			if _, err := w.App.Audit.Verify(t.Context(), nil, nil); err != nil {
				t.Error(err)
			}
		})
	}
}

func newModel(w *apptest.World, holders map[string]*unruly, visited map[string]int) *model {
	a, name := w.Person()
	for _, h := range holders {
		h.put(a.ID, 2)
	}
	return &model{w: w, visited: visited, ctx: context.Background(), holders: holders, account: a.ID, name: name,
		sessions: map[string]time.Time{}, erased: map[string]bool{}, notYet: map[string]time.Time{}}
}

// actions are what can happen: anything at any time, and more often what makes
// a difference where the closure stands.
func (m *model) actions() map[string]func(*rapid.T) {
	all := map[string]func(*rapid.T){
		"ask": m.ask, "confirm": m.confirm, "review": m.review, "time": m.time, "step": m.step, "part": m.part,
		"withdraw": m.withdraw, "sign in": m.signIn, "sign out": m.signOut, "fact": m.fact, "pause": m.pause,
		"wake": m.wake, "register": m.register, "restart": m.restart,
	}
	names := slices.Sorted(maps.Keys(all))
	matters := map[string][]string{
		"":            {"ask", "ask", "sign in", "fact"},
		"requested":   {"confirm", "confirm", "confirm", "confirm", "time", "sign in", "fact"},
		"in_review":   {"review", "review", "review", "sign in", "withdraw", "fact"},
		"cooling_off": {"time", "time", "time", "step", "step", "step", "sign in", "withdraw", "fact"},
		"erasing":     {"part", "part", "part", "step", "step"},
		"closed":      {"register", "register", "time", "ask", "step"},
	}
	something := func(t *rapid.T) {
		stage := m.stage
		if ended(stage) && stage != "closed" {
			stage = ""
		}
		all[rapid.SampledFrom(matters[stage]).Draw(t, "what")](t)
	}
	return map[string]func(*rapid.T){
		"":               m.check,
		"anything":       func(t *rapid.T) { all[rapid.SampledFrom(names).Draw(t, "what")](t) },
		"something":      something,
		"something else": something,
	}
}

// now gives the time without looking at the clock of the world, which moves by
// that.
func (m *model) now() time.Time { return m.w.Clock.Now() }

// want holds an answer against the expected code, "" for none.
func want(t *rapid.T, err error, codes ...string) {
	t.Helper()
	got := ""
	if err != nil {
		got = fault.Of(err).Code
	}
	if !slices.Contains(codes, got) {
		t.Fatalf("answer %q (%v), want %q", got, err, codes)
	}
}

// ending says whether the erasure has begun.
func (m *model) ending() bool { return m.stage == "erasing" || m.stage == "closed" }

// under says whether a closure is under way.
func (m *model) under() bool {
	return slices.Contains([]string{"requested", "in_review", "cooling_off", "erasing"}, m.stage)
}

func (m *model) blocked() bool {
	return m.leads || m.todo != "" || m.binding != "" || m.arrear != "" || m.flagged
}

// out ends all sessions.
func (m *model) out() {
	for token := range m.sessions {
		m.dead = append(m.dead, token)
	}
	clear(m.sessions)
}

// check compares everything that can be seen.
func (m *model) check(t *rapid.T) {
	m.visited[m.stage]++
	tr := trails(m.w, m.account)[m.account]
	for _, wrong := range tr.wrongs() {
		t.Errorf("%s", wrong)
	}
	if tr.newest().state != m.stage {
		t.Errorf("closure is %q, want %q", tr.newest().state, m.stage)
	}
	now := m.now()
	for token, expires := range m.sessions {
		if valid := m.w.Alive(token); valid != now.Before(expires) {
			t.Errorf("a session is valid: %v, want %v", valid, !valid)
		}
	}
	for _, token := range m.dead {
		if m.w.Alive(token) {
			t.Errorf("an ended session is valid")
		}
	}
	if gone := tr.names == 0; gone != m.ownGone {
		t.Errorf("names gone: %v, want %v", gone, m.ownGone)
	}
	a, err := m.w.App.Accounts.Get(m.ctx, m.account)
	if err != nil || !a.State.Lives() != m.ending() || (a.State == identity.Paused) != m.paused || m.ownGone && (a.Name != "" || a.Address() != "") {
		t.Errorf("account %s is %s (%v) with the name %q while the closure is %s", a.ID, a.State, err, a.Name, m.stage)
	}
	for name, h := range m.holders {
		left, err := h.Count(m.ctx, subjectOf(m.account))
		if err != nil || (left[0].Count == 0) != m.erased[name] {
			t.Errorf("%s holds %v (%v), erased is %v", name, left, err, m.erased[name])
		}
	}
	if m.closure != "" {
		m.checkView(t, tr)
	}
}

func (m *model) checkView(t *rapid.T, tr *trail) {
	v, err := m.w.App.Closures.Get(m.ctx, m.closure, m.account)
	if err != nil || string(v.State) != m.stage {
		t.Fatalf("the view is %s (%v)", v.State, err)
	}
	var seen []string
	for _, h := range v.Timeline {
		seen = append(seen, h.Event)
	}
	if !slices.Equal(seen, tr.newest().timeline) {
		t.Errorf("the view's timeline is %v, want %v", seen, tr.newest().timeline)
	}
	for _, p := range v.Parts {
		if p.Done() != m.erased[p.Holder] {
			t.Errorf("part %s done: %v", p.Holder, p.Done())
		}
	}
	if v.State == closure.Closed {
		if _, err := m.w.App.Closures.CertificateByLink(m.ctx, m.link); err != nil {
			t.Errorf("the certificate: %v", err)
		}
	}
}
