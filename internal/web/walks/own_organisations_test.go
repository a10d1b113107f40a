package walks

import (
	"net/url"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/org"
)

func TestACreatorHandsOverAndLeaves(t *testing.T) {
	t.Parallel()
	s := open(t)
	for _, look := range looks() {
		t.Run(name(look), func(t *testing.T) {
			boss, bossN := s.Person()
			heir, heirN := s.Person()
			o := s.Organisation(org.Creator, boss)
			s.Must(s.App.Orgs.PutMember(t.Context(), app.Actor(), org.Member{Organisation: o.ID, Account: boss.ID, Role: org.Creator, Offices: []string{org.FinanceOfficer}}))
			s.Must(s.App.Orgs.PutMember(t.Context(), app.Actor(), org.Member{Organisation: o.ID, Account: heir.ID, Role: org.Ordinary}))
			w := signIn(s.window(t, look), bossN)
			w.Go("/settings").Press(word(w, "企业", "Organisations")).At("/settings/organisations").Sees("Test", word(w, "创建人", "Creator")).Check("own-organisations")
			w.Press(word(w, "退出企业", "Leave")).At("/settings/organisations/" + o.ID + "/leave").Check("organisation-leave-owner")
			w.Press(word(w, "移交角色和职务", "Hand over")).At("/settings/organisations/" + o.ID + "/hand-over").Check("hand-over")
			w.Type("successor_id", "nobody-of-that-name").Press(word(w, "发出移交请求", "Ask the successor")).Check("hand-over-unknown")
			w.Type("successor_id", heirN).Press(word(w, "发出移交请求", "Ask the successor")).At("/settings/organisations").Sees(heirN).Check("hand-over-asked")
			w.Press(word(w, "撤销请求", "Withdraw the request")).At("/settings/organisations")
			w.Go("/settings/organisations/"+o.ID+"/hand-over").Type("successor_id", heirN).Press(word(w, "发出移交请求", "Ask the successor")).At("/settings/organisations")

			other := signIn(s.window(t, look), heirN)
			other.Go("/settings/organisations").Sees(bossN).Check("hand-over-asked-of-me").Press(word(w, "查看并接受", "Look and accept")).Check("hand-over-accept")
			other.Press(word(w, "接受", "Accept")).At("/settings/organisations").Sees(word(w, "您已接手", "You have taken over")).Check("hand-over-accepted")

			w.Go("/settings/organisations").Press(word(w, "退出企业", "Leave")).Check("organisation-leave").Press(word(w, "确认退出", "Leave the organisation"))
			w.At("/settings/organisations").Sees(word(w, "您未加入任何企业", "You belong to no organisation")).Check("own-organisations-none")
			if m, err := s.App.Orgs.Memberships(t.Context(), boss.ID); err != nil || len(m) != 0 {
				t.Errorf("still in %v: %v", m, err)
			}
			m, err := s.App.Orgs.Memberships(t.Context(), heir.ID)
			s.Must(err)
			if m[0].Role != org.Creator || strings.Join(m[0].Offices, "") != org.FinanceOfficer {
				t.Errorf("the successor is %+v", m[0])
			}
		})
	}
}

func TestASuccessorDeclines(t *testing.T) {
	t.Parallel()
	s := open(t)
	boss, bossN := s.Person()
	heir, heirN := s.Person()
	o := s.Organisation(org.Creator, boss, heir)
	_, err := s.App.Orgs.AskTransfer(t.Context(), boss.ID, org.NewTransfer{Organisation: o.ID, Successor: heir.ID, Role: org.Creator})
	s.Must(err)
	w := signIn(s.window(t, looks()[1]), heirN)
	w.Go("/settings/organisations").Press("Decline").At("/settings/organisations").Sees("You have declined")
	w = signIn(s.window(t, looks()[2]), bossN)
	w.Go("/settings/organisations").Touch("以往的移交").Sees("已拒绝", heirN).Check("hand-over-declined")
}

// Whoever is not in an organisation, and whoever a hand-over does not concern,
// finds neither; what needs a fresh proof asks for it.
func TestOthersOrganisationsAndHandOversAreNotThere(t *testing.T) {
	t.Parallel()
	c := openCompany(t)
	asked, err := c.App.Orgs.AskTransfer(t.Context(), c.boss.ID, org.NewTransfer{Organisation: c.ID, Successor: c.one.ID, Role: org.Creator})
	c.Must(err)
	_, strangerN := c.Person()
	stranger := c.plain(t)
	stranger.signIn(strangerN)
	form := url.Values{"form_token": {stranger.token("/settings")}, "successor_id": {c.oneN}, "role": {"yes"}}
	before := c.Dump()
	for _, path := range []string{"/settings/organisations/" + c.ID + "/leave", "/settings/organisations/" + c.ID + "/hand-over", "/settings/hand-overs/" + asked.ID + "/accept",
		"/settings/hand-overs/" + asked.ID + "/decline", "/settings/hand-overs/" + asked.ID + "/withdraw", "/settings/hand-overs/none/accept"} {
		if r := stranger.send("POST", path, form); r.StatusCode != 404 {
			t.Errorf("POST %s: %d", path, r.StatusCode)
		}
		if r := stranger.get(path); r.StatusCode != 404 && r.StatusCode != 405 {
			t.Errorf("GET %s: %d", path, r.StatusCode)
		}
	}
	holder := c.plain(t)
	holder.signIn(c.bossN)
	form.Set("form_token", holder.token("/settings"))
	for _, way := range []string{"accept", "decline"} {
		if r := holder.send("POST", "/settings/hand-overs/"+asked.ID+"/"+way, form); r.StatusCode != 404 {
			t.Errorf("the holder could %s: %d", way, r.StatusCode)
		}
	}
	if r := holder.send("POST", "/settings/organisations/"+c.ID+"/leave", form); r.StatusCode != 409 {
		t.Errorf("the creator leaves: %d", r.StatusCode)
	}
	member := c.plain(t)
	member.signIn(c.twoN)
	if r := member.get("/settings/organisations/" + c.ID + "/hand-over"); r.StatusCode != 409 {
		t.Errorf("somebody hands over what is not there: %d", r.StatusCode)
	}
	after := c.Dump()
	for _, table := range []string{"members", "role_transfers"} {
		if before[table] != after[table] {
			t.Errorf("%s has changed:\n%s\n%s", table, before[table], after[table])
		}
	}
	one := c.plain(t)
	one.signIn(c.oneN)
	c.Clock.Advance(c.Config.Session.ProofAge * 2)
	if r := one.send("POST", "/settings/hand-overs/"+asked.ID+"/accept", url.Values{"form_token": {one.token("/settings")}}); !strings.HasPrefix(r.Header.Get("Location"), "/prove") {
		t.Errorf("taking over without a proof: %d to %q", r.StatusCode, r.Header.Get("Location"))
	}
}
