package api_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/signal"
)

func TestTheInboxHoldsWhatTheAccountWasTold(t *testing.T) {
	both(t, func(t *testing.T, s *scene) {
		ctx := t.Context()
		me, account, _ := s.person()
		for _, reason := range []string{"first", "second"} {
			a, err := s.App.Accounts.Get(ctx, account)
			s.Must(err)
			s.Tell(signal.Notice{Account: a.ID, Kind: signal.SessionsEndedByAdmin, Args: map[string]string{"reason": reason}})
		}
		all, err := me.OwnNotices(ctx, false, client.Page{Limit: 2})
		s.Must(err)
		if len(all.Items) != 2 || !strings.Contains(all.Items[0].Text, "Reason: second") || all.Items[0].Title != "You have been signed out" || all.NextCursor == "" {
			t.Fatalf("first page: %+v", all)
		}
		rest, err := me.OwnNotices(ctx, false, client.Page{Limit: 2, Cursor: all.NextCursor})
		s.Must(err)
		if len(rest.Items) != 1 || rest.Items[0].Kind != signal.AccountCreated || rest.NextCursor != "" {
			t.Fatalf("second page: %+v", rest)
		}
		s.unread(me, 3)
		s.Must(me.ReadOwnNotice(ctx, all.Items[1].ID))
		s.Must(me.ReadOwnNotice(ctx, all.Items[1].ID))
		s.unread(me, 2)
		fresh, err := me.OwnNotices(ctx, true, client.Page{})
		s.Must(err)
		if len(fresh.Items) != 2 || fresh.Items[0].ID != all.Items[0].ID || fresh.Items[0].ReadAt != nil {
			t.Errorf("unread: %+v", fresh.Items)
		}
		s.Must(me.DeleteOwnNotice(ctx, all.Items[0].ID))
		s.answers(me.DeleteOwnNotice(ctx, all.Items[0].ID), "notice_not_found")
		if n, err := me.ReadOwnNotices(ctx); err != nil || n != 1 {
			t.Errorf("read %d, %v, want 1", n, err)
		}
		s.unread(me, 0)
		chinese := client.New(s.url, client.Options{Token: me.Token(), Language: "zh-CN"})
		all, err = chinese.OwnNotices(ctx, false, client.Page{})
		s.Must(err)
		if len(all.Items) != 2 || all.Items[0].Title != "您已被退出登录" || all.Items[0].ReadAt == nil {
			t.Errorf("in Chinese: %+v", all.Items)
		}
	})
}

func TestPreferencesMuteOnlyWhatMayBeMuted(t *testing.T) {
	both(t, func(t *testing.T, s *scene) {
		ctx := t.Context()
		me, account, _ := s.person()
		off, on := false, true
		for _, r := range signal.Rules() {
			_, err := me.SetNoticePreference(ctx, r.Kind, client.NoticeChoice{Mail: &off})
			if r.Required {
				s.answers(err, "notice_required")
			} else {
				s.Must(err)
			}
		}
		_, err := me.SetNoticePreference(ctx, "no_such", client.NoticeChoice{})
		s.answers(err, "notice_kind_not_found")
		got, err := me.SetNoticePreference(ctx, signal.PasswordOld, client.NoticeChoice{Inbox: &off})
		s.Must(err)
		if got.Mail || got.Inbox || !got.SMS || got.Required {
			t.Errorf("after two choices: %+v", got)
		}
		all, err := me.NoticePreferences(ctx)
		s.Must(err)
		for _, p := range all {
			if p.Required && !p.Mail {
				t.Errorf("%s is required and not sent", p.Kind)
			}
		}
		said := func(kind string) (inbox, mail int) {
			t.Helper()
			was := s.trail(account, kind)
			before, err := s.App.Inbox.Unread(ctx, account)
			s.Must(err)
			s.Tell(signal.Notice{Account: account, Kind: kind, Args: map[string]string{"days": "400", "cause": "password_changed"}})
			after, err := s.App.Inbox.Unread(ctx, account)
			s.Must(err)
			return after - before, s.trail(account, kind) - was
		}
		if inbox, mail := said(signal.PasswordOld); inbox != 0 || mail != 0 {
			t.Errorf("a muted notice: %d in the inbox, %d sent", inbox, mail)
		}
		if inbox, mail := said(signal.SessionEnded); inbox != 1 || mail != 1 {
			t.Errorf("a required notice: %d in the inbox, %d sent", inbox, mail)
		}
		_, err = me.SetNoticePreference(ctx, signal.PasswordOld, client.NoticeChoice{Mail: &on, Inbox: &on})
		s.Must(err)
		if inbox, mail := said(signal.PasswordOld); inbox != 1 || mail != 1 {
			t.Errorf("wanted again: %d in the inbox, %d sent", inbox, mail)
		}
	})
}

func TestPeopleAreToldOfFlagsAndRemovals(t *testing.T) {
	both(t, func(t *testing.T, s *scene) {
		ctx, operator := t.Context(), s.callers["operator"]
		flagged, removed := s.target(), s.target()
		for _, marks := range [][2]bool{{true, false}, {true, false}, {true, true}, {false, false}} {
			s.Must(operator.SetFlags(ctx, flagged.ID, marks[0], marks[1]))
		}
		all, err := s.App.Inbox.List(ctx, flagged.ID, inbox.Filter{Limit: 10})
		s.Must(err)
		if s.trail(flagged.ID, signal.AccountFlagged) != 2 || all[0].Args["flag"] != "banned" || all[1].Args["flag"] != "stolen" {
			t.Errorf("flagged: %+v", all)
		}
		s.Must(s.callers["admin"].RemoveMember(ctx, s.ours.ID, removed.ID))
		all, err = s.App.Inbox.List(ctx, removed.ID, inbox.Filter{Limit: 1})
		s.Must(err)
		if s.trail(removed.ID, signal.MemberRemoved) != 1 || all[0].Args["organisation"] != s.ours.Name {
			t.Errorf("removed: %+v", all)
		}
		me, account, _ := s.person()
		a, err := s.App.Accounts.Get(ctx, account)
		s.Must(err)
		s.join(s.ours, a, client.Ordinary)
		s.Must(me.LeaveOrganisation(ctx, s.ours.ID))
		if n := s.trail(account, signal.MemberRemoved); n != 0 {
			t.Errorf("who left by himself was told %d times", n)
		}
	})
}

func (s *scene) unread(c *client.Client, want int) {
	s.T.Helper()
	if n, err := c.UnreadNotices(s.T.Context()); err != nil || n != want {
		s.T.Errorf("%d unread, %v, want %d", n, err, want)
	}
}

func (s *scene) answers(err error, code string) {
	s.T.Helper()
	if p := (&client.Problem{}); !errors.As(err, &p) || p.Code != code {
		s.T.Errorf("got %v, want %s", err, code)
	}
}

// trail counts the notices of a kind that were sent or wait to be.
func (s *scene) trail(account, kind string) (n int) {
	s.T.Helper()
	all, err := s.App.Accounts.Notices(s.T.Context(), account)
	s.Must(err)
	for _, l := range all {
		if l.Kind == kind {
			n++
		}
	}
	return n
}
