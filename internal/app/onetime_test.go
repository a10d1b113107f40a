package app_test

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/clock"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/delivery"
	"github.com/signoff-id/signoff/internal/onetime"
	"github.com/signoff-id/signoff/internal/signal"
	"github.com/signoff-id/signoff/internal/store"
)

// order issues a code to an account's address and gives the notice's id.
func order(w *apptest.World, account, address string) (notice string) {
	w.T.Helper()
	w.Must(w.App.DB.Update(w.T.Context(), func(tx *store.Tx) error {
		_, err := w.App.Codes.Issue(w.T.Context(), tx, onetime.Order{Purpose: onetime.Proof, Account: account, Binding: "request", Channel: signal.Mail,
			Address: address, Locale: "en"}, w.Clock.Now())
		return err
	}))
	all, err := w.App.Accounts.Notices(w.T.Context(), account)
	w.Must(err)
	return all[len(all)-1].ID
}

// A code is in its mail, and after that nowhere: in no table, in no log.
func TestACodeIsOnlyInItsMail(t *testing.T) {
	for _, engine := range apptest.Engines {
		t.Run(engine, func(t *testing.T) {
			var log bytes.Buffer
			var sent delivery.Notice
			w := apptest.New(t, engine, func(_ *config.Config, w *app.World) {
				w.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
				w.Send = func(_ context.Context, n delivery.Notice) error { sent = n; return nil }
			})
			a, _ := w.Person()
			id := order(w, a.ID, a.Address())
			_, err := w.App.Outbox.Deliver(t.Context(), id)
			w.Must(err)
			code := sent.Args["code"]
			if len(code) != 6 || sent.Address != a.Address() || sent.Channel != signal.Mail {
				t.Fatalf("sent %+v", sent)
			}
			nowhere(t, w, log.String(), ">"+code+"<", "code="+code, `"`+code+`"`, a.Address())
			if n := rows(w, `SELECT count(*) FROM notices WHERE args IS NOT NULL AND kind = 'one_time_code'`)[0][0]; n != "0" {
				t.Errorf("%s notices still hold a code", n)
			}
		})
	}
}

// A code whose time is over is not sent any more.
func TestALateCodeIsNotSent(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		sent := 0
		w.App.Outbox.Send = func(context.Context, delivery.Notice) error { sent++; return nil }
		a, _ := w.Person()
		id := order(w, a.ID, a.Address())
		w.Clock.Advance(onetime.CodeTTL)
		_, err := w.App.Outbox.Deliver(t.Context(), id)
		w.Must(err)
		all, err := w.App.Accounts.Notices(t.Context(), a.ID)
		w.Must(err)
		if last := all[len(all)-1]; sent != 0 || last.State != delivery.Undeliverable {
			t.Errorf("sent %d, the notice is %s", sent, last.State)
		}
	})
}

// Without a mail server nothing is readable anywhere; only a demo keeps what it
// would have sent, so that a person finds the codes.
func TestOnlyADemoKeepsLetters(t *testing.T) {
	for _, demo := range []bool{false, true} {
		w := apptest.New(t, "sqlite")
		if demo {
			w.Must(w.App.DB.Update(t.Context(), func(tx *store.Tx) error { return clock.Mark(t.Context(), tx) }))
			w.Restart()
		}
		a, _ := w.Person()
		id := order(w, a.ID, a.Address())
		_, err := w.App.Outbox.Deliver(t.Context(), id)
		w.Must(err)
		found, err := filepath.Glob(filepath.Join(app.LettersIn(w.Config), "*one_time_code.txt"))
		w.Must(err)
		if len(found) != map[bool]int{false: 0, true: 1}[demo] {
			t.Fatalf("demo %v: %v", demo, found)
		}
		if demo {
			text, err := os.ReadFile(found[0])
			w.Must(err)
			if !strings.Contains(string(text), "To: "+a.Address()) || !strings.Contains(string(text), "works once and for 10 minutes") {
				t.Errorf("the letter reads %s", text)
			}
		}
	}
}

// The loop forgets codes, and what was sent to those who have no account.
func TestTidyingForgetsCodes(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		a, _ := w.Person()
		order(w, a.ID, a.Address())
		loops, err := w.App.StartLoops(t.Context(), app.Pace{Wake: time.Millisecond, Sequence: time.Millisecond, Poll: 5 * time.Millisecond, Count: time.Second})
		w.Must(err)
		defer func() { w.Must(loops.Stop(context.WithoutCancel(t.Context()))) }()
		w.Clock.Advance(onetime.CodeTTL + onetime.KeptFor + time.Minute)
		until(t, "codes are forgotten", func() bool { return rows(w, `SELECT count(*) FROM onetime_codes`)[0][0] == "0" })
	})
}
