package storetest

import (
	"fmt"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/session"
	"github.com/signoff-id/signoff/internal/store"
)

var day = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func update(t *testing.T, db *store.DB, fn func(tx *store.Tx) error) {
	t.Helper()
	if err := db.Update(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// person writes an account with one session per hash.
func person(t *testing.T, db *store.DB, id string, sessions ...string) {
	t.Helper()
	update(t, db, func(tx *store.Tx) error {
		if err := tx.InsertAccount(t.Context(), identity.Account{ID: id, State: identity.Active, Name: "王 " + id, Locale: "zh-CN", CreatedAt: day}); err != nil {
			return err
		}
		for i, s := range sessions {
			at := day.Add(time.Duration(i) * time.Minute)
			if err := tx.InsertSession(t.Context(), session.Session{ID: s, Account: id, Device: session.Device{Kind: session.Phone, Name: "手机"},
				App: "crm", CreatedAt: at, ExpiresAt: at.Add(24 * time.Hour)}, session.HashToken(s)); err != nil {
				return err
			}
		}
		return nil
	})
}

func alive(t *testing.T, db *store.DB, s string, at time.Time) bool {
	t.Helper()
	_, err := db.LiveSession(t.Context(), session.HashToken(s), at)
	if err != nil && !fault.Is(err, "session_not_valid") {
		t.Fatal(err)
	}
	return err == nil
}

func TestASessionLivesUntilSomethingEndsIt(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		person(t, db, "a", "a1", "a2", "a3")
		later := day.Add(time.Hour)
		if !alive(t, db, "a1", later) || alive(t, db, "nobody", later) || alive(t, db, "a1", day.Add(25*time.Hour)) {
			t.Fatal("a session is valid from its start to its expiry")
		}
		update(t, db, func(tx *store.Tx) error {
			n, err := tx.EndSession(t.Context(), session.Ending{Account: "a", Target: "a1", At: later, Cause: session.ByAdmin, By: audit.Actor{ID: "boss"}, Reason: "lost phone"})
			if n != 1 {
				t.Errorf("ended %d, want 1", n)
			}
			return err
		})
		update(t, db, func(tx *store.Tx) error {
			n, err := tx.EndAccount(t.Context(), session.Ending{Account: "a", Except: "a3", At: later, Cause: session.BySelf})
			if n != 1 {
				t.Errorf("ended %d others, want 1", n)
			}
			return err
		})
		for s, want := range map[string]bool{"a1": false, "a2": false, "a3": true} {
			if alive(t, db, s, later) != want {
				t.Errorf("%s alive: %v", s, !want)
			}
		}
	})
}

func TestADepartmentsTreeIsSignedOutAndNothingElse(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		for _, id := range []string{"top", "below", "beside", "outside"} {
			person(t, db, id, id+"1")
		}
		update(t, db, func(tx *store.Tx) error {
			for _, o := range []string{"o1", "o2"} {
				if err := tx.InsertOrganisation(t.Context(), org.Organisation{ID: o, Name: o, Certification: org.NotCertified, CreatedAt: day}); err != nil {
					return err
				}
			}
			for _, d := range []org.Department{{ID: "d1", Path: "d1/"}, {ID: "d2", Parent: "d1", Path: "d1/d2/"}, {ID: "d10", Path: "d10/"}} {
				d.Organisation, d.Name, d.CreatedAt = "o1", d.ID, day
				if err := tx.InsertDepartment(t.Context(), d); err != nil {
					return err
				}
			}
			for account, d := range map[string]string{"top": "d1", "below": "d2", "beside": "d10"} {
				if err := tx.PutMember(t.Context(), org.Member{Organisation: "o1", Account: account, Department: d, Role: org.Ordinary, JoinedAt: day}); err != nil {
					return err
				}
			}
			return tx.PutMember(t.Context(), org.Member{Organisation: "o2", Account: "outside", Role: org.Ordinary, JoinedAt: day})
		})
		later := day.Add(time.Hour)
		update(t, db, func(tx *store.Tx) error {
			told, err := tx.AffectedBy(t.Context(), session.Ending{Organisation: "o1", Path: "d1/", At: later})
			if fmt.Sprint(told) != "[below top]" {
				t.Errorf("affected: %v", told)
			}
			if err != nil {
				return err
			}
			n, err := tx.EndDepartment(t.Context(), session.Ending{Organisation: "o1", Path: "d1/", At: later, Cause: session.ByAdmin})
			if n != 2 {
				t.Errorf("ended %d, want 2", n)
			}
			return err
		})
		for s, want := range map[string]bool{"top1": false, "below1": false, "beside1": true, "outside1": true} {
			if alive(t, db, s, later) != want {
				t.Errorf("%s alive: %v", s, !want)
			}
		}
	})
}

func TestAnOrganisationsMarkEndsItsSessionsForGood(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		person(t, db, "in", "in1")
		person(t, db, "out", "out1")
		update(t, db, func(tx *store.Tx) error {
			if err := tx.InsertOrganisation(t.Context(), org.Organisation{ID: "o1", Name: "o1", Certification: org.NotCertified, CreatedAt: day}); err != nil {
				return err
			}
			return tx.PutMember(t.Context(), org.Member{Organisation: "o1", Account: "in", Role: org.Ordinary, JoinedAt: day})
		})
		mark := day.Add(time.Hour)
		update(t, db, func(tx *store.Tx) error { return tx.RaiseOrganisation(t.Context(), "o1", mark) })
		if alive(t, db, "in1", mark) || !alive(t, db, "out1", mark) {
			t.Fatal("the mark must end the members' sessions and no others")
		}
		// Who joins afterwards is not meant.
		update(t, db, func(tx *store.Tx) error {
			return tx.PutMember(t.Context(), org.Member{Organisation: "o1", Account: "out", Role: org.Ordinary, JoinedAt: mark.Add(time.Minute)})
		})
		if !alive(t, db, "out1", mark.Add(time.Hour)) {
			t.Error("joining an organisation ended a session")
		}
		// Who leaves does not get the session back.
		update(t, db, func(tx *store.Tx) error {
			found, err := tx.DeleteMember(t.Context(), "o1", "in")
			if !found {
				t.Error("no member to remove")
			}
			return err
		})
		if alive(t, db, "in1", mark.Add(time.Hour)) {
			t.Error("leaving the organisation brought an ended session back")
		}
		var newest time.Time
		update(t, db, func(tx *store.Tx) (err error) { newest, err = tx.NewestMark(t.Context(), "in"); return err })
		if !newest.Equal(mark) {
			t.Errorf("the account's mark is %s, want %s", newest, mark)
		}
	})
}

// A check knows the device: "this device" is asked of nothing else.
func TestACheckGivesTheDevice(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		person(t, db, "a")
		update(t, db, func(tx *store.Tx) error {
			return tx.InsertSession(t.Context(), session.Session{ID: "s", Account: "a", Device: session.Device{ID: "d_1", Kind: session.Tablet, Name: "平板"},
				App: "crm", CreatedAt: day, ExpiresAt: day.Add(time.Hour)}, session.HashToken("s"))
		})
		found, err := db.LiveSession(t.Context(), session.HashToken("s"), day)
		if err != nil || found.Device != (session.Device{ID: "d_1", Kind: session.Tablet}) {
			t.Errorf("found %+v, %v; the name stays sealed", found.Device, err)
		}
	})
}
