package storetest

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/onetime"
	"github.com/signoff-id/signoff/internal/signal"
	"github.com/signoff-id/signoff/internal/store"
)

// desk issues codes on a database, at a time that it says, and reads what went
// into the post.
type desk struct {
	*onetime.Service
	t   *testing.T
	db  *store.DB
	now time.Time
	ids atomic.Int64
}

func newDesk(t *testing.T, db *store.DB) *desk {
	d := &desk{t: t, db: db, now: day}
	as := func(tx *store.Tx) onetime.Tx { return tx }
	d.Service = &onetime.Service{InTx: store.InTx(db, as), View: store.ViewTx(db, as), Now: func() time.Time { return d.now },
		NewID: func() string { return fmt.Sprintf("id-%06d", d.ids.Add(1)) },
		Rand:  rand.Reader, Hash: db.Vault.BlindIndex, Limits: onetime.StandardLimits()}
	return d
}

var proof = onetime.Order{Purpose: onetime.Proof, Account: "a", Binding: "request-1", Channel: signal.Mail, Address: "a@example.com", Locale: "en"}

// post issues a code and gives what the person gets.
func (d *desk) post(o onetime.Order) map[string]string {
	d.t.Helper()
	args, err := d.try(o)
	if err != nil {
		d.t.Fatal(err)
	}
	return args
}

func (d *desk) try(o onetime.Order) (map[string]string, error) {
	d.t.Helper()
	if err := d.db.Update(d.t.Context(), func(tx *store.Tx) error {
		_, err := d.Issue(d.t.Context(), tx, o, d.now)
		return err
	}); err != nil {
		return nil, err
	}
	return d.last(), nil
}

// last reads the newest waiting notice, as the delivery does, and ends it.
func (d *desk) last() (args map[string]string) {
	d.t.Helper()
	update(d.t, d.db, func(tx *store.Tx) error {
		due, err := tx.DueNotices(d.t.Context(), d.now, d.now.Add(time.Microsecond), 10)
		for _, id := range due {
			n, ok, err := tx.ClaimNotice(d.t.Context(), id, d.now, d.now)
			if err != nil || !ok {
				return fmt.Errorf("claim %v: %w", ok, err)
			}
			args = n.Args
			if err := tx.EndNotice(d.t.Context(), id, "sent", d.now); err != nil {
				return err
			}
		}
		return err
	})
	return args
}

func key(o onetime.Order) onetime.Key {
	return onetime.Key{Purpose: o.Purpose, Binding: o.Binding, Account: o.Account}
}

// use checks a code and spends it.
func (d *desk) use(k onetime.Key, code string) error {
	r, err := d.Check(d.t.Context(), k, code)
	if err != nil {
		return err
	}
	return d.spend(r)
}

func (d *desk) spend(r onetime.Right) error {
	return d.db.Update(d.t.Context(), func(tx *store.Tx) error { return d.Spend(d.t.Context(), tx, r, d.now) })
}

func (d *desk) wrong(what string, err error) {
	d.t.Helper()
	if !fault.Is(err, "code_wrong") {
		d.t.Errorf("%s: %v, want code_wrong", what, err)
	}
}

// other gives another code than this one.
func other(code string) string {
	if code[0] == '9' {
		return "0" + code[1:]
	}
	return string(code[0]+1) + code[1:]
}

func TestACodeWorksOnceAndOnlyWhereItBelongs(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		code := d.post(proof)["code"]
		if len(code) != 6 || strings.Trim(code, "0123456789") != "" {
			t.Fatalf("code %q", code)
		}
		for _, k := range []onetime.Key{
			{Purpose: onetime.Proof, Binding: "request-2", Account: "a"},
			{Purpose: onetime.Proof, Binding: "request-1", Account: "b"},
			{Purpose: onetime.ResetPassword, Binding: "request-1", Account: "a"},
		} {
			d.wrong(fmt.Sprint(k), d.use(k, code))
		}
		d.wrong("no code", d.use(key(proof), "12345"))
		d.wrong("another code", d.use(key(proof), other(code)))
		if err := d.use(key(proof), code[:3]+" "+code[3:]); err != nil {
			t.Fatal(err)
		}
		d.wrong("a second time", d.use(key(proof), code))
	})
}

func TestAnotherRequestsCodeDoesNotFit(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		one := d.post(proof)["code"]
		second := proof
		second.Binding = "request-2"
		d.now = d.now.Add(time.Minute)
		two := d.post(second)["code"]
		if one != two { // they are equal once in a million runs
			d.wrong("the first code for the second request", d.use(key(second), one))
		}
		for o, code := range map[string]string{"request-1": one, "request-2": two} {
			if err := d.use(onetime.Key{Purpose: onetime.Proof, Binding: o, Account: "a"}, code); err != nil {
				t.Errorf("%s: %v", o, err)
			}
		}
	})
}

func TestACodeDiesOfWrongTries(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		code := d.post(proof)["code"]
		for i := range onetime.Tries - 1 {
			d.wrong(fmt.Sprint("try ", i), d.use(key(proof), other(code)))
		}
		// The last try may still be the right one, and is not lost with the commit
		// that it was for.
		r, err := d.Check(t.Context(), key(proof), code)
		if err != nil {
			t.Fatal(err)
		}
		failed := errors.New("the caller's commit fails")
		err = db.Update(t.Context(), func(tx *store.Tx) error {
			if err := d.Spend(t.Context(), tx, r, d.now); err != nil {
				return err
			}
			return failed
		})
		if !errors.Is(err, failed) {
			t.Fatal(err)
		}
		d.wrong("the sixth try", d.use(key(proof), code))
		var exhausted int
		if err := db.Read.QueryRowContext(t.Context(), `SELECT count(*) FROM audit_entries WHERE action = 'code.exhausted'`).Scan(&exhausted); err != nil {
			t.Fatal(err)
		}
		if exhausted != 0 {
			t.Error("the fifth try was right")
		}
		d.now = d.now.Add(time.Minute)
		code = d.post(proof)["code"]
		for i := range onetime.Tries {
			d.wrong(fmt.Sprint("try ", i), d.use(key(proof), other(code)))
		}
		d.wrong("a right code that is dead", d.use(key(proof), code))
		if err := db.Read.QueryRowContext(t.Context(), `SELECT count(*) FROM audit_entries WHERE action = 'code.exhausted'`).Scan(&exhausted); err != nil || exhausted != 1 {
			t.Errorf("%d entries of a dead code, %v", exhausted, err)
		}
	})
}

func TestTimeAndANewerOneEndACode(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		code := d.post(proof)["code"]
		d.now = d.now.Add(onetime.CodeTTL)
		d.wrong("after its time", d.use(key(proof), code))
		code = d.post(proof)["code"]
		d.now = d.now.Add(time.Minute)
		newer := d.post(proof)["code"]
		if code != newer {
			d.wrong("after a newer one", d.use(key(proof), code))
		}
		r, err := d.Check(t.Context(), key(proof), newer)
		if err != nil {
			t.Fatal(err)
		}
		update(t, db, func(tx *store.Tx) error { return onetime.Revoke(t.Context(), tx, "a", d.now) })
		d.wrong("revoked between check and use", d.spend(r))
	})
}

func TestALinkIsFoundByItsTokenAlone(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		o := proof
		o.Purpose, o.Form, o.URL = onetime.ResetPassword, onetime.Link, func(token string) string { return "https://id.example.com/reset#" + token }
		token, found := strings.CutPrefix(d.post(o)["link"], "https://id.example.com/reset#")
		if !found || !strings.HasPrefix(token, onetime.LinkPrefix) || len(token) != len(onetime.LinkPrefix)+43 {
			t.Fatalf("token %q", token)
		}
		for range onetime.Tries + 1 { // mail programs look at links
			r, err := d.CheckLink(t.Context(), onetime.ResetPassword, token)
			if err != nil || r.Account != "a" || r.Binding != "request-1" {
				t.Fatal(r, err)
			}
		}
		_, err := d.CheckLink(t.Context(), onetime.Proof, token)
		d.wrong("another purpose", err)
		_, err = d.CheckLink(t.Context(), onetime.ResetPassword, token[:len(token)-1])
		d.wrong("cut off", err)
		r, err := d.CheckLink(t.Context(), onetime.ResetPassword, token)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.spend(r); err != nil {
			t.Fatal(err)
		}
		d.wrong("spent twice", d.spend(r))
		_, err = d.CheckLink(t.Context(), onetime.ResetPassword, token)
		d.wrong("after its use", err)
	})
}

func TestNobodyGetsManyCodes(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		late := func(o onetime.Order, want time.Duration) {
			t.Helper()
			_, err := d.try(o)
			e := fault.Of(err)
			if e.Code != "too_many_codes" || e.Kind != fault.TooMany || e.Args["retry_after"] != want {
				t.Errorf("got %v %v, want too_many_codes for %s", e.Code, e.Args, want)
			}
		}
		d.post(proof)
		d.now = d.now.Add(20 * time.Second)
		late(proof, 40*time.Second)
		elsewhere := proof
		elsewhere.Binding, elsewhere.Address, elsewhere.Channel = "request-9", "+8613800138000", signal.SMS
		late(elsewhere, 40*time.Second) // the same person, whatever the address
		stranger := proof
		stranger.Account = "b"
		late(stranger, 40*time.Second) // the same address, whoever asks
		stranger.Address = "b@example.com"
		d.post(stranger)
		for range 4 {
			d.now = d.now.Add(time.Minute)
			d.post(proof)
		}
		d.now = d.now.Add(time.Minute)
		late(proof, time.Hour-5*time.Minute-20*time.Second)
		d.now = day.Add(time.Hour)
		d.post(proof)
	})
}

// Who asks with a typed name learns the same of a name that is known and one
// that is not, even when two names lead to one mailbox.
func TestLimitsDoNotTellWhichNamesExist(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		known := proof
		known.Purpose, known.Subject = onetime.ResetPassword, "name li.lei"
		if d.post(known)["code"] == "" {
			t.Fatal("no code")
		}
		sameMailbox := known
		sameMailbox.Binding, sameMailbox.Subject = "request-2", "name li.lei@example.com"
		nobody := onetime.Order{Purpose: onetime.ResetPassword, Binding: "request-3", Subject: "name nobody", Decoy: true}
		for _, o := range []onetime.Order{sameMailbox, nobody} {
			if args := d.post(o); args != nil {
				t.Errorf("%s was sent %v", o.Subject, args)
			}
			_, err := d.try(o)
			if e := fault.Of(err); e.Code != "too_many_codes" || e.Args["retry_after"] != time.Minute {
				t.Errorf("%s: %v", o.Subject, err)
			}
			for range onetime.Tries + 1 {
				d.wrong(o.Subject, d.use(key(o), "123456"))
			}
		}
	})
}

func TestOfTwentyUsesExactlyOneWins(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		rounds := 10
		if testing.Short() {
			rounds = 2
		}
		for i := range rounds {
			o := proof
			o.Account = fmt.Sprintf("racer-%d", i)
			o.Address = o.Account + "@example.com"
			code := d.post(o)["code"]
			rights := make([]onetime.Right, 20)
			errs := together(len(rights), func(i int) (err error) { rights[i], err = d.Check(t.Context(), key(o), code); return err })
			if n := count(errs, nil); n != onetime.Tries {
				t.Errorf("%d of 20 tries at once were let in, want %d", n, onetime.Tries)
			}
			for i := range errs { // whoever was let in tries to spend it four times
				if errs[i] == nil {
					rights[0] = rights[i]
				}
			}
			won := together(20, func(int) error { return d.spend(rights[0]) })
			if n := count(won, nil); n != 1 {
				t.Fatalf("%d of 20 won, want 1", n)
			}
			for _, err := range won {
				if err != nil {
					d.wrong("a loser", err)
				}
			}
		}
	})
}

func TestOfTwentyOrdersAtOnceOneIsServed(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		for round := range onetime.StandardLimits().PerHour { // in the later ones somebody has had a turn before
			errs := together(20, func(i int) error {
				o := proof
				o.Binding = fmt.Sprint("request-", round, "-", i)
				return db.Update(t.Context(), func(tx *store.Tx) error {
					_, err := d.Issue(t.Context(), tx, o, d.now)
					return err
				})
			})
			if n := count(errs, nil); n != 1 {
				t.Errorf("round %d: %d of 20 codes at once, want 1", round, n)
			}
			d.now = d.now.Add(time.Minute)
		}
	})
}

func together(n int, fn func(i int) error) []error {
	errs := make([]error, n)
	start := make(chan struct{})
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			<-start
			errs[i] = fn(i)
		})
	}
	close(start)
	all.Wait()
	return errs
}

func count(errs []error, want error) (n int) {
	for _, err := range errs {
		if errors.Is(err, want) {
			n++
		}
	}
	return n
}

// The tables hold neither the code nor where it went, and forget it in time.
func TestCodesLeaveNothingBehind(t *testing.T) {
	run(t, func(t *testing.T, db *store.DB) {
		d := newDesk(t, db)
		o := proof
		o.Account = ""
		code := d.post(o)["code"]
		var hash []byte
		row := func(what string) (n int) {
			t.Helper()
			if err := db.Read.QueryRowContext(t.Context(), `SELECT count(*) FROM `+what).Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		if err := db.Read.QueryRowContext(t.Context(), `SELECT hash FROM onetime_codes`).Scan(&hash); err != nil {
			t.Fatal(err)
		}
		if len(hash) != 32 || bytes.Contains(hash, []byte(code)) || bytes.Equal(hash, db.Vault.BlindIndex("onetime.code", code)) {
			t.Errorf("hash %x", hash)
		}
		if n := row("notices WHERE args IS NOT NULL OR address IS NOT NULL"); n != 0 {
			t.Error("the notice still holds the code")
		}
		var data string
		if err := db.Read.QueryRowContext(t.Context(), `SELECT data FROM audit_entries WHERE action = 'code.issued' AND actor_kind = '`+audit.KindSystem+`'`).Scan(&data); err != nil || data != `{"form":"code","purpose":"proof"}` {
			t.Errorf("audit data %s %v", data, err)
		}
		forget := func(before time.Time) {
			if err := errors.Join(db.ForgetCodes(t.Context(), before), db.ForgetStrangers(t.Context(), before)); err != nil {
				t.Fatal(err)
			}
		}
		forget(day)
		if row("onetime_codes") != 1 {
			t.Error("forgotten too early")
		}
		forget(day.Add(onetime.KeptFor))
		for _, table := range []string{"onetime_codes", "onetime_turns", "notices"} {
			if n := row(table); n != 0 {
				t.Errorf("%d rows left in %s", n, table)
			}
		}
	})
}
