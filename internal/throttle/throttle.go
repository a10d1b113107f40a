// Package throttle bounds how often anybody may guess: passwords, codes, links,
// whatever lets somebody in. There is one set of counters for all ways in, kept
// in the database, so that it holds on every node and after a restart.
//
// Failures count; successes do not. A guess from a place at which the account
// has signed in before counts for that account at that place and nowhere else.
// Any other guess counts for the account, among all places that it does not
// know, and for the place, whatever the account. So strangers can use up what
// strangers have, and never what the owner has at a place of the owner's.
//
// A failure is counted before it is told. Of guesses made at the same moment no
// more are answered than the counters allow; the rest is answered like a guess
// that came too late, right or wrong.
package throttle

import (
	"bytes"
	"context"
	"net/netip"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
)

// Limit is how many guesses there are: Burst in a row, then one at a time, and
// PerDay within any 24 hours.
type Limit struct{ Burst, PerDay int }

// interval is how long it takes until one guess more is allowed.
func (l Limit) interval() time.Duration {
	return day / time.Duration(max(l.PerDay-l.Burst, 1))
}

const day = 24 * time.Hour

// Limits are the limits of the three counters. NIST SP 800-63B-4, section 3.2.2,
// has a hundred consecutive failures as its most.
type Limits struct {
	Account Limit // for one account, at a place that it knows, or at all others together
	Address Limit // for one address, at accounts that do not know it
}

// Try is one guess: at whom, and where from.
type Try struct {
	Account string     // "" where what was typed leads to nobody
	Name    string     // what was typed; counts in the place of the account where there is none
	Session string     // a valid session of the account that asks: a place that the account knows
	Address netip.Addr // invalid where unknown
}

// KnownFor is how long an account knows a place after the last sign-in there.
const KnownFor = 90 * day

// Tx is what this room needs of a transaction.
type Tx interface {
	// Debts gives until when each counter still counts; one without is empty.
	Debts(ctx context.Context, keys ...[]byte) (map[string]time.Time, error)
	// Charge counts a failure: the debt grows by interval, counted from now where
	// it is over. It says whether it did, and does not when the debt would then
	// reach beyond most.
	Charge(ctx context.Context, key []byte, now, most time.Time, interval time.Duration) (bool, error)
	// SeenAt gives when an account last signed in at a place, or the zero time.
	SeenAt(ctx context.Context, account string, place []byte) (time.Time, error)
	// KeepPlace notes that an account has signed in at a place.
	KeepPlace(ctx context.Context, account string, place []byte, now time.Time) error
}

// Service counts.
type Service struct {
	InTx func(context.Context, func(Tx) error) error
	View func(context.Context, func(Tx) error) error
	Now  func() time.Time
	// Hash is the installation's keyed hash: nothing but hashes of addresses,
	// names and accounts is kept.
	Hash   func(kind, value string) []byte
	Limits Limits
}

// Guard runs check, which lets somebody in or refuses, and counts the failure
// when it refuses a guess. While there are too many, check does not run at all:
// too_many_attempts, with the time to wait. A check that lets somebody in must
// call Allow in its commit.
func (s *Service) Guard(ctx context.Context, t Try, check func() error) error {
	err := s.View(ctx, func(tx Tx) error { return s.Allow(ctx, tx, t) })
	if err != nil {
		return err
	}
	if err = check(); !isWrong(err) {
		return err
	}
	if failed := s.InTx(ctx, func(tx Tx) error { return s.charge(ctx, tx, t) }); failed != nil {
		return failed
	}
	return err
}

// Ask counts an action that is bounded though it cannot fail, such as asking for
// a link: for the address alone.
func (s *Service) Ask(ctx context.Context, address netip.Addr) error {
	return s.InTx(ctx, func(tx Tx) error { return s.charge(ctx, tx, Try{Address: address}) })
}

// wrong are the codes of a guess that failed.
var wrong = []string{"credentials_wrong", "code_wrong", "passkey_wrong", "status_link_not_valid"}

func isWrong(err error) bool { return err != nil && slices.Contains(wrong, fault.Of(err).Code) }

// Allow answers too_many_attempts, with the time to wait, when no guess is left.
func (s *Service) Allow(ctx context.Context, tx Tx, t Try) error {
	counters, err := s.counters(ctx, tx, t)
	if err != nil {
		return err
	}
	keys := make([][]byte, len(counters))
	for i, c := range counters {
		keys[i] = c.key
	}
	if len(keys) == 0 {
		return nil
	}
	debts, err := tx.Debts(ctx, keys...)
	if err != nil {
		return err
	}
	now := s.Now()
	var wait time.Duration
	for _, c := range counters {
		// One more must fit below the burst. What lies further ahead than it can was
		// written before the clock was set back.
		step := c.limit.interval()
		if debt := debts[string(c.key)]; debt.After(now) {
			wait = max(wait, min(debt.Sub(now)-time.Duration(c.limit.Burst-1)*step, step))
		}
	}
	if wait > 0 {
		return tooMany(wait)
	}
	return nil
}

func (s *Service) charge(ctx context.Context, tx Tx, t Try) error {
	counters, err := s.counters(ctx, tx, t)
	if err != nil {
		return err
	}
	now := s.Now()
	for _, c := range counters {
		step := c.limit.interval()
		done, err := tx.Charge(ctx, c.key, now, now.Add(time.Duration(c.limit.Burst)*step), step)
		if err != nil {
			return err
		}
		if !done {
			return tooMany(step)
		}
	}
	return nil
}

func tooMany(wait time.Duration) error {
	return fault.New(fault.TooMany, "too_many_attempts", "retry_after", wait.Round(time.Second)+time.Second)
}

type counter struct {
	key   []byte
	limit Limit
}

// counters gives those that a try counts for, in one order everywhere.
func (s *Service) counters(ctx context.Context, tx Tx, t Try) (all []counter, err error) {
	place := s.place(t.Address)
	known := t.Session != ""
	if !known {
		seen, err := tx.SeenAt(ctx, t.Account, place)
		if err != nil {
			return nil, err
		}
		known = !seen.IsZero() && s.Now().Sub(seen) < KnownFor
	}
	switch {
	case t.Session != "":
		all = []counter{{s.Hash("throttle.session", t.Session), s.Limits.Account}}
	case known:
		all = []counter{{s.Hash("throttle.place", t.Account+" "+string(place)), s.Limits.Account}}
	default:
		if t.Address.IsValid() { // a call from within has none
			all = []counter{{place, s.Limits.Address}}
		}
		if t.Account != "" || t.Name != "" {
			all = append(all, counter{s.whom(t), s.Limits.Account})
		}
		slices.SortFunc(all, func(a, b counter) int { return bytes.Compare(a.key, b.key) })
	}
	return all, nil
}

func (s *Service) whom(t Try) []byte {
	if t.Account != "" {
		return s.Hash("throttle.account", t.Account)
	}
	return s.Hash("throttle.name", t.Name)
}

// place gives the hash of an address. Whoever has one address of IPv6 has a /64
// of them as a rule (RFC 6177), so a /64 is one place.
func (s *Service) place(a netip.Addr) []byte {
	a = a.Unmap().WithZone("")
	if a.Is6() {
		if net, err := a.Prefix(64); err == nil {
			return s.Hash("throttle.address", net.String())
		}
	}
	return s.Hash("throttle.address", a.String())
}

// Remember makes the place of a complete sign-in one that the account knows, in
// the sign-in's commit. It writes at most once a day.
func (s *Service) Remember(ctx context.Context, tx Tx, account string, address netip.Addr) error {
	place := s.place(address)
	seen, err := tx.SeenAt(ctx, account, place)
	if err != nil {
		return err
	}
	now := s.Now()
	if !seen.IsZero() && now.Sub(seen) < day {
		return nil
	}
	return tx.KeepPlace(ctx, account, place, now)
}
