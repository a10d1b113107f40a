package app_test

import (
	"testing"

	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/signal"
)

// The limit on an account's sessions ends the oldest, and says so.
func TestWhoMakesRoomIsTold(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		a, name := w.Person()
		w.App.Sessions.Limits.Account = 2
		defer func() { w.App.Sessions.Limits.Account = 0 }()
		oldest, second := w.SignIn(name), w.SignIn(name)
		if n := toldOf(w, a.ID, signal.SessionEnded); n != 0 {
			t.Errorf("told %d times though there was room", n)
		}
		since := w.Clock.Now()
		third := w.SignIn(name)
		if w.Alive(oldest.Token) || !w.Alive(second.Token) || !w.Alive(third.Token) {
			t.Error("another than the oldest made room")
		}
		if n := toldOf(w, a.ID, signal.SessionEnded); n != 1 {
			t.Errorf("told %d times", n)
		}
		for _, letter := range w.Letters(a.ID) {
			if letter.Kind == signal.SessionEnded && letter.CreatedAt.Before(since) {
				t.Errorf("told at %s", letter.CreatedAt)
			}
		}
	})
}
