package app_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/app/apptest"
	"github.com/signoff-id/signoff/internal/config"
	"github.com/signoff-id/signoff/internal/delivery"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/signal"
)

const hookSecret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="

// byHook lets text messages go to a hook.
func byHook(t *testing.T, url, secret string) apptest.Option {
	path := filepath.Join(t.TempDir(), "hook.secret")
	if err := os.WriteFile(path, []byte(secret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return func(c *config.Config, _ *app.World) {
		c.SMS = config.SMS{Transport: "hook", URL: url, SecretFile: path}
	}
}

// reachedByMobile makes an account with a mobile number and no e-mail address.
func reachedByMobile(w *apptest.World, number string) identity.Account {
	w.T.Helper()
	a, err := w.App.Accounts.Create(w.T.Context(), app.Actor(), identity.NewAccount{Locale: "en", Password: apptest.Password,
		Identifiers: []identity.Identifier{{Kind: identity.Mobile, Value: number}}})
	w.Must(err)
	return a
}

func TestWhoHasNoAddressGetsATextMessage(t *testing.T) {
	for _, engine := range apptest.Engines {
		t.Run(engine, func(t *testing.T) {
			var body []byte
			var header http.Header
			server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				header = r.Header.Clone()
				body, _ = io.ReadAll(r.Body)
			}))
			defer server.Close()
			w := apptest.New(t, engine, byHook(t, server.URL, hookSecret))
			a := reachedByMobile(w, "+8613800138000")
			w.Tell(signal.Notice{Account: a.ID, Kind: signal.PasswordChanged})
			all, err := w.App.Accounts.Notices(t.Context(), a.ID)
			w.Must(err)
			if len(all) != 1 {
				t.Fatalf("notices: %+v", all)
			}
			again, err := w.App.Outbox.Deliver(t.Context(), all[0].ID)
			w.Must(err)
			if again != 0 || !strings.Contains(string(body), `"to":"+8613800138000"`) || !strings.Contains(string(body), "The password of your account has been changed.") {
				t.Fatalf("again %s, posted %s", again, body)
			}
			key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(hookSecret, "whsec_"))
			w.Must(err)
			mac := hmac.New(sha256.New, key)
			fmt.Fprintf(mac, "%s.%s.%s", all[0].ID, header.Get("Webhook-Timestamp"), body)
			if header.Get("Webhook-Signature") != "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)) {
				t.Errorf("headers %v", header)
			}
			all, err = w.App.Accounts.Notices(t.Context(), a.ID)
			w.Must(err)
			if all[0].State != delivery.Sent {
				t.Errorf("the trail says %+v", all[0])
			}
			nowhere(t, w, "", "+8613800138000")
		})
	}
}

func TestABadHookSecretKeepsItFromStarting(t *testing.T) {
	w := apptest.New(t, "sqlite")
	c := w.Config
	byHook(t, "https://sms.example.com", "too-short")(&c, nil)
	if a, err := app.Open(t.Context(), c, w.World); !fault.Is(err, "config_hook_secret") {
		t.Errorf("opened %v, %v", a != nil, err)
	}
}

// The last word goes where the person can still read it: to the number, where
// there was no address.
func TestTheLastNoticeGoesToTheNumber(t *testing.T) {
	apptest.Run(t, func(t *testing.T, w *apptest.World) {
		a := reachedByMobile(w, "+8613800138001")
		done := w.Confirm(a, "dingtalk")
		w.Letters(a.ID)
		w.Drain(done.Closure.ID)
		last := w.Letters(a.ID)
		if len(last) != 1 || last[0].Kind != signal.ClosureClosed || last[0].Channel != signal.SMS || last[0].Address != "+8613800138001" {
			t.Errorf("told %+v", last)
		}
	})
}
