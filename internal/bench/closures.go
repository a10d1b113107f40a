package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"sync/atomic"
	"time"

	"github.com/signoff-id/signoff/internal/access"
	"github.com/signoff-id/signoff/internal/app"
	"github.com/signoff-id/signoff/internal/certificate"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/session"
)

const password = "correct horse battery"

// closures measures whole closures under DingTalk's rules, from the proof of
// identity to the signed certificate, by the jobs of a serving process, against
// plain SQL that deletes the same rows, and the same files.
func closures(ctx context.Context, b *bench) error {
	c, err := openCRM(ctx, b.engine, b.dir)
	if err != nil {
		return err
	}
	return errors.Join(b.in(ctx, "closures", c.holders(), func(p *place) (err error) {
		loops, err := p.app.StartLoops(ctx, app.StandardPace())
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, loops.Stop(ctx)) }()
		if _, err := p.write.ExecContext(ctx, `CREATE INDEX bench_closed ON closures (account_id) WHERE state <> 'closed'`); err != nil {
			return err
		}
		l, err := newLeaving(ctx, p, c)
		if err != nil {
			return err
		}
		subject := side{name: "closure, from the proof of identity to the certificate, 16 at once", n: b.closures, run: l.close}
		floor := side{name: fmt.Sprintf("plain DELETE of the same %d rows and removal of %d files, 16 at once", ownRows+crmRows, crmFiles), n: b.closures, run: l.deletePlainly}
		if err := b.compare(ctx, "closures", "", subject, floor); err != nil {
			return err
		}
		last, hash := &b.results[len(b.results)-1], spreadOf(l.hashes).Median
		last.Note = fmt.Sprintf("passwords are hashed cheaply here; at the real cost the proof takes %s more for each closure, %.0f %% of the whole",
			span(hash), 100*hash/(hash+last.Seconds.Median))
		return nil
	}), c.close())
}

// leaving makes people and lets them go.
type leaving struct {
	*place
	crm    *crm
	count  atomic.Int64
	hasher *identity.Hasher // at the real cost
	phc    string
	hashes []float64 // seconds for one password, round by round
}

func newLeaving(ctx context.Context, p *place, c *crm) (*leaving, error) {
	h := identity.NewHasher(rand.Reader, identity.StandardCost())
	phc, err := h.Hash(ctx, password)
	return &leaving{place: p, crm: c, hasher: h, phc: phc}, err
}

// hash measures password hashes at their real cost, on all cores.
func (l *leaving) hash(ctx context.Context) error {
	const n = 10
	took, err := concurrently(ctx, callers, n, func(ctx context.Context, _, _ int) error {
		_, err := l.hasher.Matches(ctx, l.phc, password)
		return err
	})
	l.hashes = append(l.hashes, took.Seconds()/n)
	return err
}

// ownRows is what Signoff has of each: two identifiers, a password, two
// sessions, a notice and the account itself.
const ownRows = 2 + 1 + 2 + 1 + 1

// person is somebody who is about to leave.
type person struct{ id, name string }

// arrive makes n people with sessions, rows in the CRM and files, and waits until
// everything that this set off has come to rest.
func (l *leaving) arrive(ctx context.Context, n int) ([]person, error) {
	all := make([]person, n)
	_, err := concurrently(ctx, callers, n, func(ctx context.Context, _, i int) error {
		name := fmt.Sprintf("person%d", l.count.Add(1))
		a, err := l.app.Accounts.Create(ctx, app.Actor(), identity.NewAccount{Name: name, Locale: language.English, Password: password,
			Identifiers: []identity.Identifier{{Kind: identity.Username, Value: name}, {Kind: identity.Email, Value: name + "@example.com"}}})
		if err != nil {
			return err
		}
		all[i] = person{id: a.ID, name: name}
		for range 2 {
			if _, err := l.app.Access.SignIn(ctx, access.Attempt{Name: name, Password: password, Device: session.Device{Kind: session.Desktop, Name: "Desk"}, App: "bench"}); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = l.crm.arrive(ctx, all)
	}
	if err != nil {
		return nil, err
	}
	return all, until(ctx, func() (bool, error) {
		var open int
		err := l.read.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM notices WHERE ended_at IS NULL)
			+ (SELECT count(*) FROM audit_entries WHERE seq IS NULL)`).Scan(&open)
		return open == 0, err
	})
}

// close closes the accounts of n people and waits for the last certificate.
func (l *leaving) close(ctx context.Context, n int) (time.Duration, error) {
	all, err := l.arrive(ctx, n)
	if err != nil {
		return 0, err
	}
	if err := l.hash(ctx); err != nil {
		return 0, err
	}
	ids := make([]string, n)
	begin := time.Now()
	_, err = concurrently(ctx, callers, n, func(ctx context.Context, _, i int) error {
		c, _, err := l.app.Closures.Request(ctx, all[i].id, "dingtalk", "")
		if err != nil {
			return err
		}
		ids[i] = c.ID
		_, err = l.app.Access.ConfirmClosure(ctx, session.Session{Account: all[i].id}, c.ID, password, netip.Addr{})
		return err
	})
	if err != nil {
		return 0, err
	}
	err = until(ctx, func() (bool, error) {
		var open int
		err := l.read.QueryRowContext(ctx, `SELECT count(*) FROM closures WHERE state <> 'closed'`).Scan(&open)
		return open == 0, err
	})
	took := time.Since(begin)
	if err == nil {
		err = l.prove(ctx, ids, all)
	}
	return took, err
}

// prove says whether the certificates are good and the rows and files are gone.
func (l *leaving) prove(ctx context.Context, closures []string, all []person) error {
	for _, id := range closures {
		file, err := l.app.Closures.CertificateFile(ctx, id, "")
		if err != nil {
			return err
		}
		if _, _, err := certificate.Verify(file, l.app.Ring.JWKS()); err != nil {
			return err
		}
	}
	return l.crm.gone(ctx, all)
}

// deletePlainly does what a script would do: it deletes the rows of n people and
// removes their files.
func (l *leaving) deletePlainly(ctx context.Context, n int) (time.Duration, error) {
	all, err := l.arrive(ctx, n)
	if err != nil {
		return 0, err
	}
	took, err := concurrently(ctx, callers, n, func(ctx context.Context, _, i int) error {
		id := all[i].id
		if err := inTx(ctx, l.write, id, `DELETE FROM sessions WHERE account_id = $1`, `DELETE FROM credentials WHERE account_id = $1`,
			`DELETE FROM identifiers WHERE account_id = $1`, `DELETE FROM notices WHERE account_id = $1`,
			`UPDATE accounts SET name = NULL, state = 'closed' WHERE id = $1`); err != nil {
			return err
		}
		if err := inTx(ctx, l.crm.write, id, crmDeletes...); err != nil {
			return err
		}
		return os.RemoveAll(l.crm.folder(id))
	})
	if err == nil {
		err = l.crm.gone(ctx, all)
	}
	return took, err
}

// until asks again and again until done is true.
func until(ctx context.Context, done func() (bool, error)) error {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		if ok, err := done(); err != nil || ok {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}
