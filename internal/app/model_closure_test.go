package app_test

import (
	"net/netip"
	"time"

	"pgregory.net/rapid"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/holder"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/session"
)

func subjectOf(account string) holder.Subject { return holder.Subject{Account: account} }

func (m *model) ask(t *rapid.T) {
	r := rapid.SampledFrom(allRules()).Draw(t, "rules")
	c, _, err := m.w.App.Closures.Request(m.ctx, m.account, r.name, "")
	switch {
	case m.ending():
		want(t, err, "account_ending")
	case m.paused:
		want(t, err, "account_paused")
	case m.blocked() && m.under():
		want(t, err, "conditions_not_met", "closure_open")
	case m.blocked():
		want(t, err, "conditions_not_met")
	case m.under():
		want(t, err, "closure_open")
	default:
		want(t, err, "")
		m.rules, m.closure, m.stage, m.link, m.requestedAt = r, c.ID, "requested", "", c.RequestedAt
	}
}

// password draws the right password or a wrong one.
func password(t *rapid.T) (string, bool) {
	if rapid.IntRange(0, 3).Draw(t, "password") == 0 {
		return "a wrong password", false
	}
	return apptest.Password, true
}

func (m *model) confirm(t *rapid.T) {
	if m.closure == "" {
		t.Skip("nothing to confirm")
	}
	pw, right := password(t)
	c, err := m.w.App.Access.ConfirmClosure(m.ctx, session.Session{Account: m.account}, m.closure, pw, netip.Addr{})
	switch {
	case !right || m.ownGone:
		want(t, err, "credentials_wrong")
	case m.stage != "requested":
		want(t, err, "closure_state")
	case m.blocked():
		want(t, err, "conditions_not_met")
	default:
		want(t, err, "")
		m.link = c.StatusToken
		if m.rules.cooling == "requested" {
			m.coolingUntil = c.Closure.ConfirmedAt.Add(time.Duration(m.rules.days) * day)
		}
		m.stage = "in_review"
		if !m.rules.review {
			m.goOn()
		}
		m.out()
	}
}

// goOn is what follows the last word of a person: time, or nothing more.
func (m *model) goOn() {
	m.stage = "cooling_off"
	if m.rules.cooling == "" {
		m.stage = "erasing"
	}
}

func (m *model) review(t *rapid.T) {
	if m.closure == "" {
		t.Skip("nothing to review")
	}
	if rapid.IntRange(0, 3).Draw(t, "decision") == 0 {
		m.reject(t)
		return
	}
	m.approve(t)
}

func (m *model) approve(t *rapid.T) {
	by := "reviewer"
	if rapid.IntRange(0, 4).Draw(t, "by") == 0 {
		by = m.account
	}
	c, err := m.w.App.Closures.Approve(m.ctx, actor(audit.KindReviewer, by), m.closure)
	switch {
	case by == m.account:
		want(t, err, "review_own_closure")
	case m.stage != "in_review":
		want(t, err, "closure_state")
	case m.blocked():
		want(t, err, "")
		m.stage = "refused"
	default:
		want(t, err, "")
		if m.rules.cooling == "approved" {
			m.coolingUntil = c.ReviewedAt.Add(time.Duration(m.rules.days) * day)
		}
		m.goOn()
	}
}

func (m *model) reject(t *rapid.T) {
	_, err := m.w.App.Closures.Reject(m.ctx, actor(audit.KindReviewer, "reviewer"), m.closure, "not now")
	if m.stage != "in_review" {
		want(t, err, "closure_state")
		return
	}
	want(t, err, "")
	m.stage = "rejected"
}

func (m *model) withdraw(t *rapid.T) {
	if m.closure == "" {
		t.Skip("nothing to withdraw")
	}
	var err error
	if m.link != "" && rapid.Bool().Draw(t, "by link") {
		_, err = m.w.App.Closures.WithdrawByLink(m.ctx, m.link)
	} else {
		_, err = m.w.App.Closures.Withdraw(m.ctx, m.account, m.closure)
	}
	if !m.under() || m.stage == "erasing" {
		want(t, err, "closure_state")
		return
	}
	want(t, err, "")
	m.stage = "withdrawn"
}

func (m *model) signIn(t *rapid.T) {
	pw, right := password(t)
	resume := m.paused && rapid.Bool().Draw(t, "resume")
	in, err := m.w.App.Access.SignIn(m.ctx, access.Attempt{Name: m.name, Password: pw, Resume: resume, Device: session.Device{Kind: session.Phone}, App: "model"})
	meets := m.stage == "in_review" || m.stage == "cooling_off"
	switch {
	case !right || m.ownGone:
		want(t, err, "credentials_wrong")
	case m.ending():
		want(t, err, "account_ending")
	case m.flagged:
		want(t, err, "account_blocked")
	case m.paused && !resume:
		want(t, err, "account_paused")
	case meets && m.rules.signIn == "refused":
		want(t, err, "account_cooling_off")
	default:
		want(t, err, "")
		if (in.Withdrew != nil) != meets {
			t.Errorf("the sign-in withdrew %v", in.Withdrew)
		}
		if meets {
			m.stage = "withdrawn"
		}
		if in.Resumed != m.paused {
			t.Errorf("the sign-in resumed the account: %v", in.Resumed)
		}
		m.paused = false
		m.sessions[in.Token] = in.Session.CreatedAt.Add(m.w.Config.Session.AbsoluteTTL)
	}
}

func (m *model) signOut(t *rapid.T) {
	_, err := m.w.App.Sessions.SignOutAll(m.ctx, m.account, "", "")
	want(t, err, "")
	m.out()
}

func (m *model) time(t *rapid.T) {
	jumps := []time.Duration{time.Second, time.Hour, 23 * time.Hour, day, 3 * day, 7 * day, 10 * day, 40 * day}
	if left := m.coolingUntil.Sub(m.now()); m.stage == "cooling_off" && left > time.Minute {
		jumps = append(jumps, left-time.Second, left, left, left)
	}
	d := rapid.SampledFrom(jumps).Draw(t, "time")
	if at := m.now().Add(d); at.Year() > 2026 || at.Month() == time.December {
		t.Skip("the calendars end")
	}
	m.w.Clock.Advance(d)
}

func (m *model) step(t *rapid.T) {
	if m.closure == "" {
		t.Skip("nothing to step")
	}
	now := m.now()
	want(t, m.w.App.Closures.Step(m.ctx, m.closure), "")
	switch {
	case m.stage == "requested" && !now.Before(m.requestedAt.Add(24*time.Hour)):
		m.stage = "withdrawn"
	case m.stage == "cooling_off" && !now.Before(m.coolingUntil):
		if m.stage = "erasing"; m.blocked() {
			m.stage = "refused"
		}
	case m.stage == "erasing" && m.erased["one"] && m.erased["two"]:
		m.stage, m.ownGone, m.goneAt = "closed", true, now
	}
}

// part lets a worker at a data holder, which sometimes fails; then it is left
// alone for a moment.
func (m *model) part(t *rapid.T) {
	if m.closure == "" {
		t.Skip("nothing to erase")
	}
	name := rapid.SampledFrom([]string{"one", "two"}).Draw(t, "holder")
	moods := rapid.SampledFrom([][]mood{nil, nil, nil, {fails()}, {losesItsAnswer()}, {leavesSomething()}, {panics()}}).Draw(t, "mood")
	failed, waiting := m.notYet[name]
	works := m.stage == "erasing" && !m.erased[name] && (!waiting || m.now().Sub(failed) >= time.Second/2)
	m.holders[name].be(m.account, moods...)
	_, err := m.w.App.Closures.Part(m.ctx, m.closure, name)
	m.holders[name].be(m.account)
	want(t, err, "")
	if !works {
		return
	}
	if len(moods) > 0 {
		m.notYet[name] = m.now()
		if m.leftAt(name) == 0 {
			m.holders[name].put(m.account, 1) // and something new has come since
		}
		return
	}
	m.erased[name] = true
}

func (m *model) leftAt(name string) int64 {
	items, _ := m.holders[name].Count(m.ctx, subjectOf(m.account))
	return items[0].Count
}

func (m *model) wake(t *rapid.T) {
	_, err := m.w.App.Closures.Wake(m.ctx)
	want(t, err, "")
	want(t, m.w.App.Outbox.Wake(m.ctx), "")
}

// register tries to make a new account with the old name.
func (m *model) register(t *rapid.T) {
	a, err := m.w.App.Accounts.Create(m.ctx, app.Actor(), identity.NewAccount{Password: "another password",
		Identifiers: []identity.Identifier{{Kind: identity.Username, Value: m.name}}})
	delay := map[string]time.Duration{"after: 0d": 0, "after: 1d": day, "after: 7d": 7 * day, "after: 30d": 30 * day, "after: 90d": 90 * day}
	wait, ever := delay[m.rules.reuse]
	switch {
	case !m.ownGone || m.nameBack:
		want(t, err, "identifier_taken")
	case !ever || m.now().Before(m.goneAt.Add(wait)):
		want(t, err, "identifier_reserved")
	default:
		want(t, err, "")
		if m.nameBack = true; a.ID == m.account {
			t.Fatal("the id of a closed account came back")
		}
	}
}

func (m *model) restart(t *rapid.T) {
	if rapid.IntRange(0, 4).Draw(t, "restart") > 0 {
		t.Skip("they are slow")
	}
	m.w.Restart()
}
