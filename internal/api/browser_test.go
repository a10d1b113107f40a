package api_test

import (
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/signoff-id/signoff/client"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/browser"
	"github.com/signoff-id/signoff/internal/session"
)

// household is a browser with two accounts in it; the second is current.
type household struct {
	*apptest.World
	c                 *client.Client
	key               string
	mine, hers        *client.Client
	myName, herName   string
	myID, herID       string // accounts
	mySeat, herSeat   string
	myToken, herToken string
}

func newHousehold(t *testing.T, w *apptest.World) *household {
	t.Helper()
	h := &household{World: w, c: site(t, w)}
	a, myName := w.Person()
	b, herName := w.Person()
	h.myName, h.herName, h.myID, h.herID = myName, herName, a.ID, b.ID
	h.myToken, h.herToken = w.SignIn(myName).Token, w.SignIn(herName).Token
	h.mine, h.hers = h.c.WithToken(h.myToken), h.c.WithToken(h.herToken)
	begun, err := h.mine.JoinBrowser(t.Context(), "", "")
	code(t, err, "")
	joined, err := h.hers.JoinBrowser(t.Context(), begun.Key, h.myToken)
	code(t, err, "")
	if _, err := h.c.BrowserAccounts(t.Context(), begun.Key); !client.HasCode(err, "browser_key_not_valid") {
		t.Errorf("the key from before somebody came: %v", err)
	}
	h.key, h.mySeat, h.herSeat = joined.Key, joined.Accounts[0].ID, joined.Accounts[1].ID
	return h
}

// faces says of the accounts in their order: signed in "+" or not "-", current "*".
func (h *household) faces() (out string) {
	h.T.Helper()
	all, err := h.c.BrowserAccounts(h.T.Context(), h.key)
	h.Must(err)
	for _, x := range all {
		if out += "-"; x.SignedIn {
			out = out[:len(out)-1] + "+"
		}
		if x.Current {
			out += "*"
		}
	}
	return out
}

func (h *household) want(faces string) {
	h.T.Helper()
	if got := h.faces(); got != faces {
		h.T.Fatalf("the browser shows %s, want %s", got, faces)
	}
}

func TestSwitchingBetweenAccounts(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx, h := t.Context(), newHousehold(t, w)
		h.want("++*")
		all, err := h.c.BrowserAccounts(ctx, h.key)
		code(t, err, "")
		if all[0].Name != h.myName || all[0].Hint != "p***@example.com" || all[0].ID == h.myID {
			t.Errorf("listed: %+v", all[0])
		}
		// Only from the current session, and with the key.
		_, err = h.mine.SwitchAccount(ctx, h.key, h.mySeat)
		code(t, err, "browser_changed")
		_, err = h.hers.SwitchAccount(ctx, "sob_made-up", h.mySeat)
		code(t, err, "browser_key_not_valid")
		_, err = h.hers.SwitchAccount(ctx, h.key, h.herSeat)
		code(t, err, "validation_failed")
		_, err = h.hers.SwitchAccount(ctx, h.key, h.myID)
		code(t, err, "browser_account_not_found")
		// Neither does another session of the same account do.
		_, err = h.c.WithToken(w.SignIn(h.herName).Token).SwitchAccount(ctx, h.key, h.mySeat)
		code(t, err, "browser_key_not_valid")

		back, err := h.hers.SwitchAccount(ctx, h.key, h.mySeat)
		code(t, err, "")
		h.want("+*+")
		_, err = h.mine.CheckSession(ctx)
		code(t, err, "session_not_valid")
		me := h.c.WithToken(back.Token)
		if s, err := me.CheckSession(ctx); err != nil || s.AccountID != h.myID || s.ID != back.Session.ID {
			t.Errorf("switched to %+v, %v", s, err)
		}
		// Her session has ended elsewhere: why is not said.
		if _, err := w.App.Access.Pause(ctx, app.Actor(), h.herID, time.Time{}); err != nil {
			t.Fatal(err)
		}
		h.want("+*-")
		_, err = me.SwitchAccount(ctx, h.key, h.herSeat)
		code(t, err, "sign_in_again")
		w.Must(w.App.Access.Resume(ctx, app.Actor(), h.herID))
		// She comes back by herself, and her old session there does not.
		again := h.c.WithToken(w.SignIn(h.herName).Token)
		joined, err := again.JoinBrowser(ctx, h.key, "")
		code(t, err, "")
		h.key = joined.Key
		h.want("++*")
	})
}

// Who has the key, and an account of his own, gets at nobody else's.
func TestAStolenBrowserKeyOpensNothing(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx, h := t.Context(), newHousehold(t, w)
		_, thief := w.Person()
		token := w.SignIn(thief).Token
		his := h.c.WithToken(token)
		for _, by := range []string{"", token, "sos_made-up", w.SignIn(h.myName).Token} {
			_, err := his.JoinBrowser(ctx, h.key, by)
			code(t, err, "browser_not_proved")
		}
		_, err := his.SwitchAccount(ctx, h.key, h.mySeat)
		code(t, err, "browser_key_not_valid")
		_, err = his.SignOutBrowser(ctx, h.key, true)
		code(t, err, "browser_key_not_valid")
		code(t, his.RemoveBrowserAccount(ctx, h.key, h.mySeat, true), "browser_not_proved")
		code(t, h.c.RemoveBrowserAccount(ctx, h.key, h.mySeat, true), "browser_not_proved")
		h.want("++*")
		// A session without the key learns of nobody.
		_, err = h.mine.BrowserAccounts(ctx, "")
		code(t, err, "browser_key_not_valid")
		for table, rows := range w.Dump() {
			if strings.Contains(rows, h.key) || strings.Contains(rows, browser.KeyPrefix) {
				t.Errorf("table %s holds a key", table)
			}
		}
		// Another app's session does not come in.
		in, err := h.c.SignIn(ctx, attempt(h.myName, apptest.Password, false))
		code(t, err, "")
		_, err = h.c.WithToken(in.Token).JoinBrowser(ctx, h.key, h.herToken)
		code(t, err, "browser_key_not_valid")
	})
}

func TestRemovingAndSigningOutOfABrowser(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx, h := t.Context(), newHousehold(t, w)
		elsewhere := h.c.WithToken(w.SignIn(h.myName).Token)
		code(t, h.hers.RemoveBrowserAccount(ctx, h.key, h.herSeat, true), "browser_current_stays")
		_, err := h.mine.AnnounceWork(ctx, draft("a secret of mine"))
		code(t, err, "")
		got := pending(t, h.hers.RemoveBrowserAccount(ctx, h.key, h.mySeat, false))
		if len(got) != 1 || got[0].What != "" || got[0].Link != "" || got[0].App != "test" {
			t.Errorf("of another account's work is told: %+v", got)
		}
		_, err = h.hers.SignOutBrowser(ctx, h.key, false)
		pending(t, err)
		code(t, h.hers.RemoveBrowserAccount(ctx, h.key, h.mySeat, true), "")
		h.want("+*")
		_, err = h.mine.CheckSession(ctx)
		code(t, err, "session_not_valid")
		_, err = h.hers.CheckSession(ctx)
		code(t, err, "")

		back := w.SignIn(h.myName).Token
		joined, err := h.c.WithToken(back).JoinBrowser(ctx, h.key, h.herToken)
		code(t, err, "")
		h.key = joined.Key
		out, err := h.c.WithToken(back).SignOutBrowser(ctx, h.key, false)
		code(t, err, "")
		if *out.Ended != 2 {
			t.Errorf("%d sessions ended, want 2", *out.Ended)
		}
		h.want("--")
		_, err = elsewhere.CheckSession(ctx)
		code(t, err, "")
		// Who is not signed in goes with the key alone; then anybody may come.
		code(t, h.c.RemoveBrowserAccount(ctx, h.key, h.herSeat, false), "")
		h.want("-")
		_, guest := w.Person()
		_, err = h.c.WithToken(w.SignIn(guest).Token).JoinBrowser(ctx, h.key, "")
		code(t, err, "")
	})
}

func TestABrowserHoldsSoManyAndForgets(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx, c := t.Context(), site(t, w)
		key, by := "", ""
		var last string
		for i := range browser.Most + 1 {
			a, name := w.Person()
			token := w.SignIn(name).Token
			joined, err := c.WithToken(token).JoinBrowser(ctx, key, by)
			if i == browser.Most {
				code(t, err, "browser_full")
				break
			}
			code(t, err, "")
			key, by, last = joined.Key, token, a.ID
		}
		// A closure takes its account off.
		asked, _, err := w.App.Closures.Request(ctx, last, "wecom", "")
		w.Must(err)
		_, err = w.App.Access.ConfirmClosure(ctx, session.Session{Account: last}, asked.ID, apptest.Password, netip.Addr{})
		w.Must(err)
		all, err := c.BrowserAccounts(ctx, key)
		code(t, err, "")
		if len(all) != browser.Most-1 {
			t.Errorf("%d accounts, want one less", len(all))
		}
		w.Clock.Advance(browser.KeptFor + time.Second)
		w.Must(w.App.DB.ForgetBrowsers(ctx, w.Clock.Now().Add(-browser.KeptFor)))
		dump := w.Dump()
		if dump["browsers"] != "" || dump["browser_accounts"] != "" {
			t.Error("an unused browser is kept")
		}
	})
}

// Of two switches at once one wins, and its token is the one that lives.
func TestSwitchingTwiceAtOnce(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		ctx := t.Context()
		for range 6 {
			h := newHousehold(t, w)
			var errs [2]error
			var outs [2]client.SwitchedAccount
			var both sync.WaitGroup
			for i := range errs {
				both.Go(func() { outs[i], errs[i] = h.hers.SwitchAccount(ctx, h.key, h.mySeat) })
			}
			both.Wait()
			won := 0
			for i, err := range errs {
				if err == nil {
					won++
					if !w.Alive(outs[i].Token) {
						t.Error("the winner's token is dead")
					}
				} else {
					code(t, err, "browser_changed")
				}
			}
			if won != 1 || w.Alive(h.myToken) {
				t.Errorf("%d switches won; the token before lives: %v", won, w.Alive(h.myToken))
			}
		}
	})
}
