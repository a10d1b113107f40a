package storetest

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/signal"
	"github.com/signoff-id/signoff/internal/store"
)

// tell tells an account something and gives what went into the post, as
// "channel address", and into the inbox.
func tell(t *testing.T, db *store.DB, id, account, kind string, args map[string]string) (sent string, kept []inbox.Item) {
	t.Helper()
	update(t, db, func(tx *store.Tx) error {
		if err := inbox.Tell(t.Context(), tx, signal.Notice{ID: id, Account: account, Kind: kind, Args: args, CreatedAt: day}); err != nil {
			return err
		}
		n, ok, err := tx.ClaimNotice(t.Context(), id, day, day.Add(time.Minute))
		if ok {
			sent = strings.TrimSpace(n.Locale + " " + n.Channel + " " + n.Address)
		}
		if err != nil {
			return err
		}
		kept, err = tx.Items(t.Context(), account, inbox.Filter{Limit: 1})
		if len(kept) > 0 && kept[0].ID != id {
			kept = nil
		}
		return err
	})
	return sent, kept
}

func name(t *testing.T, db *store.DB, account, kind, value string) {
	t.Helper()
	update(t, db, func(tx *store.Tx) error {
		return tx.InsertIdentifier(t.Context(), account, identity.Identifier{Kind: kind, Value: value}, day)
	})
}

func TestANoticeFindsItsChannel(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		for _, id := range []string{"both", "mobile", "none", "paused"} {
			person(t, db, id)
		}
		for i, account := range []string{"both", "mobile", "paused"} {
			name(t, db, account, identity.Mobile, fmt.Sprintf("+861380013800%d", i))
		}
		name(t, db, "both", identity.Email, "both@example.com")
		update(t, db, func(tx *store.Tx) error { return tx.SetAccountState(t.Context(), "paused", "paused", day) })
		for i, c := range []struct {
			account, kind, sent string
			kept                bool
		}{
			{"both", signal.PasswordChanged, "zh-CN mail both@example.com", true},
			{"mobile", signal.PasswordChanged, "zh-CN sms +8613800138001", true},
			{"none", signal.PasswordChanged, "zh-CN mail", true}, // the trail shows that nothing reaches it
			{"mobile", signal.AccountCreated, "", true},          // not worth a text message
			{"paused", signal.MemberRemoved, "", true},
			{"paused", signal.PasswordChanged, "zh-CN sms +8613800138002", true},
			{"both", signal.PasswordResetLink, "zh-CN mail both@example.com", false},
			{"both", "some_new_kind", "zh-CN mail both@example.com", true},
		} {
			sent, kept := tell(t, db, fmt.Sprint("n", i), c.account, c.kind, nil)
			if sent != c.sent || (kept != nil) != c.kept {
				t.Errorf("%s to %s: sent %q, kept %v; want %q, %v", c.kind, c.account, sent, kept, c.sent, c.kept)
			}
		}
	})
}

func TestAnInboxHoldsNoSecretsAndIsSealed(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		person(t, db, "a")
		_, kept := tell(t, db, "n1", "a", signal.ClosureRequested, map[string]string{"link": "https://id.example.com/#soc_secret", "days": "15"})
		if len(kept) != 1 || kept[0].Args["days"] != "15" || kept[0].Args["link"] != "" {
			t.Fatalf("kept %+v", kept)
		}
		var sealed []byte
		if err := db.Read.QueryRowContext(t.Context(), `SELECT args FROM inbox`).Scan(&sealed); err != nil || len(sealed) == 0 || bytes.Contains(sealed, []byte("15")) {
			t.Errorf("stored %q, %v", sealed, err)
		}
	})
}

func TestInboxesAreForgottenAfterAYear(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		person(t, db, "a")
		tell(t, db, "n1", "a", signal.PasswordChanged, nil)
		left := func(before time.Time) (n int) {
			if err := db.ForgetItems(t.Context(), before); err != nil {
				t.Fatal(err)
			}
			if err := db.Read.QueryRowContext(t.Context(), `SELECT count(*) FROM inbox`).Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		if left(day.Add(-time.Second)) != 1 || left(day) != 0 {
			t.Error("forgotten too early or too late")
		}
	})
}

// An erased account leaves neither its inbox nor its wishes nor its codes.
func TestErasureTakesInboxPreferencesAndCodes(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		for _, id := range []string{"a", "b"} {
			person(t, db, id)
			tell(t, db, "n-"+id, id, signal.PasswordOld, map[string]string{"days": "400"})
			update(t, db, func(tx *store.Tx) error {
				return tx.SetMute(t.Context(), id, inbox.Mute{Kind: signal.PasswordOld, Channel: signal.Mail}, true)
			})
		}
		d := newDesk(t, db)
		d.post(proof)
		gone := map[string]int64{}
		update(t, db, func(tx *store.Tx) error {
			items, err := tx.EraseAccount(t.Context(), "a", "closure", day, false)
			for _, i := range items {
				gone[i.Name] = i.Count
			}
			return err
		})
		for name, want := range map[string]int64{"inbox": 1, "notice_preferences": 1, "onetime_codes": 1} {
			if gone[name] != want {
				t.Errorf("%d rows of %s erased, want %d", gone[name], name, want)
			}
		}
		var others int
		if err := db.Read.QueryRowContext(t.Context(), `SELECT count(*) FROM inbox WHERE account_id = 'b'`).Scan(&others); err != nil || others != 1 {
			t.Errorf("%d of another account's items are left, %v", others, err)
		}
	})
}
