package app_test

import (
	"maps"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
)

// fact lets something that stands in the way come or, more often, go; nothing
// new comes once the end has begun.
func (m *model) fact(t *rapid.T) {
	there := map[string]bool{"lead": m.leads, "work": m.todo != "", "bind": m.binding != "", "owe": m.arrear != "", "flag": m.flagged}
	names := slices.Sorted(maps.Keys(there))
	if m.blocked() && rapid.IntRange(0, 3).Draw(t, "another") > 0 {
		names = slices.DeleteFunc(names, func(n string) bool { return !there[n] })
	}
	map[string]func(*rapid.T){"lead": m.lead, "work": m.work, "bind": m.bind, "owe": m.owe, "flag": m.flag}[rapid.SampledFrom(names).Draw(t, "fact")](t)
}

// pause lets the account rest, or ends its rest by an operator's hand.
func (m *model) pause(t *rapid.T) {
	if m.paused {
		want(t, m.w.App.Access.Resume(m.ctx, app.Actor(), m.account), "")
		m.paused = false
		return
	}
	_, err := m.w.App.Access.Pause(m.ctx, actor(audit.KindMember, m.account), m.account, time.Time{})
	switch {
	case m.ending():
		want(t, err, "account_ending")
	case m.under():
		want(t, err, "closure_open")
	default:
		want(t, err, "")
		m.paused = true
		m.out()
	}
}

func (m *model) lead(t *rapid.T) {
	if m.company == "" {
		o, err := m.w.App.Orgs.Create(m.ctx, app.Actor(), "Company")
		want(t, err, "")
		m.company = o.ID
		keeper, _ := m.w.Person() // an organisation never loses its last super admin
		want(t, m.w.App.Orgs.PutMember(m.ctx, app.Actor(), org.Member{Organisation: o.ID, Account: keeper.ID, Role: org.SuperAdmin}), "")
	}
	if m.leads {
		if m.ownGone {
			t.Skip("gone with the rest")
		}
		want(t, m.w.App.Access.RemoveMember(m.ctx, app.Actor(), m.company, m.account, ""), "")
		m.leads = false
		m.out()
		return
	}
	err := m.w.App.Orgs.PutMember(m.ctx, app.Actor(), org.Member{Organisation: m.company, Account: m.account, Role: org.SuperAdmin})
	m.leads = m.came(t, err)
}

// came says whether something came to be; it must not once the end has begun.
func (m *model) came(t *rapid.T, err error) bool {
	t.Helper()
	if m.ending() {
		want(t, err, "account_ending")
		return false
	}
	want(t, err, "")
	return true
}

func (m *model) work(t *rapid.T) {
	if m.todo != "" {
		want(t, m.w.App.Orgs.CompleteTodo(m.ctx, app.Actor(), m.account, m.todo), "")
		m.todo = ""
		return
	}
	kind := rapid.SampledFrom([]string{org.Task, org.Approval}).Draw(t, "kind")
	x, err := m.w.App.Orgs.AddTodo(m.ctx, app.Actor(), org.Todo{Account: m.account, Kind: kind, Title: "work"})
	if m.came(t, err) {
		m.todo = x.ID
	}
}

func (m *model) bind(t *rapid.T) {
	if m.binding != "" {
		want(t, m.w.App.Accounts.Release(m.ctx, app.Actor(), m.account, m.binding), "")
		m.binding = ""
		return
	}
	x, err := m.w.App.Accounts.Bind(m.ctx, app.Actor(), m.account, "alipay", "ref")
	if m.came(t, err) {
		m.binding = x.ID
	}
}

func (m *model) owe(t *rapid.T) {
	if m.arrear != "" {
		want(t, m.w.App.Accounts.SettleArrear(m.ctx, app.Actor(), m.account, m.arrear), "")
		m.arrear = ""
		return
	}
	x, err := m.w.App.Accounts.AddArrear(m.ctx, app.Actor(), identity.Arrear{Account: m.account, Currency: "CNY", Amount: 100})
	if m.came(t, err) {
		m.arrear = x.ID
	}
}

func (m *model) flag(t *rapid.T) {
	stolen := rapid.Bool().Draw(t, "stolen")
	err := m.w.App.Access.SetFlags(m.ctx, app.Actor(), m.account, stolen && !m.flagged, !stolen && !m.flagged)
	if m.came(t, err) {
		if m.flagged = !m.flagged; m.flagged {
			m.out()
		}
	}
}
