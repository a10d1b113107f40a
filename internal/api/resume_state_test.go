package api_test

import (
	"bytes"
	"encoding/json"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/session"
)

func TestComingBackToTheStateBefore(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx, c := t.Context(), site(t, w)
		_, name := w.Person()
		signIn := func(app string) (*client.Client, client.StartedSession) {
			in, err := c.SignIn(ctx, client.NewSession{Name: name, Password: apptest.Password, Device: client.Device{Kind: client.Phone}, App: app})
			code(t, err, "")
			return c.WithToken(in.Token), in
		}
		me, in := signIn("crm")
		if in.ResumeState != nil {
			t.Errorf("a first sign-in offers %+v", in.ResumeState)
		}
		_, err := me.ResumeState(ctx, "crm")
		code(t, err, "state_not_found")
		state := json.RawMessage(`{"page":"/orders/1042","n":12345678901234567890,"draft":"秘密 draft"}`)
		note, err := me.PutResumeState(ctx, "crm", client.NewState{State: state})
		code(t, err, "")
		if note.Version != 1 || note.Size != len(state) {
			t.Errorf("stored: %+v", note)
		}
		_, err = me.PutResumeState(ctx, "crm", client.NewState{State: state})
		code(t, err, "state_changed")
		_, err = me.PutResumeState(ctx, "crm", client.NewState{Version: 2, State: state})
		code(t, err, "state_changed")
		_, err = me.PutResumeState(ctx, "hr", client.NewState{State: state})
		code(t, err, "state_not_found")
		_, err = me.PutResumeState(ctx, "crm", client.NewState{Version: 1, State: json.RawMessage(`"` + strings.Repeat("x", w.Config.Work.StateBytes) + `"`)})
		code(t, err, "state_too_large")

		// It outlives the sign-out, is offered to the same app, and to no other.
		code(t, me.SignOut(ctx), "")
		other, in := signIn("hr")
		if in.ResumeState != nil {
			t.Errorf("another app is offered %+v", in.ResumeState)
		}
		_, err = other.ResumeState(ctx, "crm")
		code(t, err, "state_not_found")
		me, in = signIn("crm")
		if in.ResumeState == nil || in.ResumeState.Version != 1 {
			t.Fatalf("offered: %+v", in.ResumeState)
		}
		got, err := me.ResumeState(ctx, "crm")
		code(t, err, "")
		if !bytes.Equal(got.State, state) {
			t.Errorf("came back as %s", got.State)
		}
		for table, rows := range w.Dump() {
			if strings.Contains(rows, "orders/1042") || strings.Contains(rows, "draft") {
				t.Errorf("table %s holds it in clear", table)
			}
		}
		note, err = me.PutResumeState(ctx, "crm", client.NewState{Version: 1, State: json.RawMessage(`{}`)})
		code(t, err, "")
		if note.Version != 2 {
			t.Errorf("changed: %+v", note)
		}
		// The person may forget it from anywhere, and time does.
		code(t, other.DeleteResumeState(ctx, "crm"), "")
		_, err = me.ResumeState(ctx, "crm")
		code(t, err, "state_not_found")
		_, err = me.PutResumeState(ctx, "crm", client.NewState{State: state})
		code(t, err, "")
		w.Clock.Advance(w.Config.Work.StateTTL + time.Second)
		me, in = signIn("crm")
		if in.ResumeState != nil {
			t.Error("an expired state is offered")
		}
		_, err = me.PutResumeState(ctx, "crm", client.NewState{State: state})
		code(t, err, "")
		w.Clock.Advance(w.Config.Work.StateTTL + time.Second)
		w.Must(w.App.DB.ForgetWork(ctx, w.Clock.Now()))
		if rows := w.Dump()["resume_states"]; rows != "" {
			t.Errorf("left after its time: %s", rows)
		}
	})
}

// The person's own pages are told in which apps there is something to come back
// to, the last one first, and never what.
func TestWhichAppsOneComesBackTo(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx, c := t.Context(), site(t, w)
		a, name := w.Person()
		_, other := w.Person()
		store := func(name, app string) {
			in, err := c.SignIn(ctx, client.NewSession{Name: name, Password: apptest.Password, Device: client.Device{Kind: client.Phone}, App: app})
			code(t, err, "")
			_, err = c.WithToken(in.Token).PutResumeState(ctx, app, client.NewState{State: json.RawMessage(`{"page":1}`)})
			code(t, err, "")
			w.Clock.Advance(time.Hour)
		}
		store(name, "crm")
		store(name, "hr")
		store(other, "chat")
		kept, err := w.App.States.Kept(ctx, a.ID)
		w.Must(err)
		if len(kept) != 2 || kept[0].App != "hr" || kept[1].App != "crm" || kept[0].Data != nil || kept[0].Size != 10 || kept[0].Account != a.ID {
			t.Errorf("kept: %+v", kept)
		}
		w.Clock.Advance(w.Config.Work.StateTTL - 3*time.Hour + time.Minute)
		if kept, err = w.App.States.Kept(ctx, a.ID); err != nil || len(kept) != 1 {
			t.Errorf("after the time of the first: %+v, %v", kept, err)
		}
	})
}

// What apps stored and announced goes with the account.
func TestWorkAndStateGoWithTheAccount(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx, c := t.Context(), site(t, w)
		a, name := w.Person()
		in := w.SignIn(name)
		me := c.WithToken(in.Token)
		_, err := me.PutResumeState(ctx, "test", client.NewState{State: json.RawMessage(`{}`)})
		code(t, err, "")
		_, err = me.AnnounceWork(ctx, draft("x"))
		code(t, err, "")
		asked, _, err := w.App.Closures.Request(ctx, a.ID, "dingtalk", "")
		w.Must(err)
		_, err = w.App.Access.ConfirmClosureAnyway(ctx, session.Session{Account: a.ID}, asked.ID, apptest.Password, netip.Addr{})
		w.Must(err)
		w.Drain(asked.ID)
		dump := w.Dump()
		for _, table := range []string{"resume_states", "work_leases", "session_graces", "pauses"} {
			if dump[table] != "" {
				t.Errorf("left in %s: %s", table, dump[table])
			}
		}
	})
}
