package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/signoff-id/signoff/internal/store"
)

// dueBatch is how many closures come due at once: as many as the waker takes
// into one commit.
const dueBatch = 500

// waiting is an installation with closures that cool off.
type waiting struct {
	*place
	cooling block
}

// dueClosures measures the scan for closures that are due among many that are
// not: it should not depend on how many those are.
func dueClosures(ctx context.Context, b *bench) (err error) {
	var all []waiting
	defer func() {
		for _, w := range all {
			err = errors.Join(err, w.close())
		}
	}()
	for _, n := range b.cooling {
		p, err := openPlace(ctx, b.engine, b.dir, fmt.Sprint("due-", n), nil)
		if err != nil {
			return err
		}
		all = append(all, waiting{place: p})
		if all[len(all)-1].cooling, err = p.cooling(ctx, n); err != nil {
			return err
		}
		if err := p.settle(ctx); err != nil {
			return err
		}
		b.say("%d closures cool off", n)
	}
	for _, scan := range []struct {
		name string
		run  func(waiting) func(context.Context, int) (time.Duration, error)
	}{
		{"look for due closures, none due", wakeNothing},
		{"look for due closures, 500 due", scanOnly},
		{"look for due closures and make their jobs, 500 due", wakeMany},
	} {
		floor := side{name: fmt.Sprintf("the same among %d", all[0].cooling.n), run: scan.run(all[0])}
		for _, w := range all[1:] {
			subject := side{name: fmt.Sprintf("%s, among %d", scan.name, w.cooling.n), run: scan.run(w)}
			if err := b.compare(ctx, "due", "", subject, floor); err != nil {
				return err
			}
		}
	}
	return b.backlog(ctx, all[0], all[len(all)-1])
}

// backlog measures a look when far more are due than one commit takes, as after
// a day on which nothing ran.
func (b *bench) backlog(ctx context.Context, few, many waiting) error {
	due := min(20_000, many.cooling.n/2)
	if err := many.comeDue(ctx, due); err != nil {
		return err
	}
	subject := side{name: fmt.Sprintf("look for due closures, 500 of %d that are due, among %d", due, many.cooling.n), n: 2,
		run: func(ctx context.Context, n int) (took time.Duration, err error) {
			for range n {
				begin := time.Now()
				if err := many.scan(ctx); err != nil {
					return 0, err
				}
				took += time.Since(begin)
			}
			return took, nil
		}}
	floor := side{name: fmt.Sprintf("500 due among %d", few.cooling.n), n: 2, run: scanOnly(few)}
	return b.compare(ctx, "due", "", subject, floor)
}

// cooling inserts closures in their cooling-off, due between one day and
// fifteen days from now.
func (p *place) cooling(ctx context.Context, n int64) (closures block, err error) {
	var digest string
	if err := p.read.QueryRowContext(ctx, `SELECT digest FROM policies WHERE name = 'wecom'`).Scan(&digest); err != nil {
		return closures, err
	}
	return closures, p.bulk(ctx, func(tx *sql.Tx) error {
		people, err := p.people(ctx, tx, n)
		if err != nil {
			return err
		}
		closures = block{first: p.next + 1, n: n}
		p.next += n
		day := (24 * time.Hour).Microseconds()
		due := fmt.Sprintf("%d + i * %d", began.UnixMicro()+day, 14*day/n)
		return p.fill(ctx, tx, n, `closures (id, account_id, pseudonym, policy_digest, state, version, locale, status_hash,
			requested_at, confirmed_at, reviewed_at, cooling_until, wake_at)`,
			fmt.Sprintf(`%s, %s, 'p_aaaaaaaaaaaaaaaaaaaaaaaaaa', '%s', 'cooling_off', 3, 'zh-CN', {random}, %[4]d, %[4]d, %[4]d, %[5]s, %[5]s`,
				idOf(fmt.Sprint(closures.first-1, " + i")), idOf(fmt.Sprint(people.first-1, " + i")), digest, began.Add(-24*time.Hour).UnixMicro(), due))
	})
}

// comeDue makes some closures due that began one after the other, as those do
// that come due together.
func (w waiting) comeDue(ctx context.Context, n int64) error {
	first := rand.Int64N(w.cooling.n - n + 1)
	_, err := w.write.ExecContext(ctx, `UPDATE closures SET wake_at = $3 WHERE id >= $1 AND id <= $2`,
		w.cooling.id(first), w.cooling.id(first+n-1), began.UnixMicro())
	return err
}

func wakeNothing(w waiting) func(context.Context, int) (time.Duration, error) {
	return func(ctx context.Context, n int) (time.Duration, error) {
		begin := time.Now()
		for range n {
			if err := w.wake(ctx, 0); err != nil {
				return 0, err
			}
		}
		return time.Since(begin), nil
	}
}

func wakeMany(w waiting) func(context.Context, int) (time.Duration, error) {
	return w.eachDue(func(ctx context.Context) error { return w.wake(ctx, dueBatch) })
}

func (w waiting) wake(ctx context.Context, want int) error {
	woken, err := w.app.Closures.Wake(ctx)
	if err == nil && woken != want {
		err = fmt.Errorf("%d closures were woken, want %d", woken, want)
	}
	return err
}

// scanOnly leaves the jobs out, whose making takes as long in any database.
func scanOnly(w waiting) func(context.Context, int) (time.Duration, error) {
	return w.eachDue(w.scan)
}

func (w waiting) scan(ctx context.Context) error {
	return w.app.DB.Update(ctx, func(tx *store.Tx) error {
		now := w.app.Closures.Now()
		due, err := tx.DueClosures(ctx, now, now.Add(time.Hour), dueBatch)
		if err == nil && len(due) != dueBatch {
			err = fmt.Errorf("%d closures were due, want %d", len(due), dueBatch)
		}
		return err
	})
}

// eachDue makes closures due before each call, and measures the calls.
func (w waiting) eachDue(do func(context.Context) error) func(context.Context, int) (time.Duration, error) {
	return func(ctx context.Context, n int) (took time.Duration, err error) {
		// The same few closures come due far more often than in real use.
		if _, err := w.write.ExecContext(ctx, w.engine.reap); err != nil {
			return 0, err
		}
		for range n {
			if err := w.comeDue(ctx, dueBatch); err != nil {
				return 0, err
			}
			begin := time.Now()
			if err := do(ctx); err != nil {
				return 0, err
			}
			took += time.Since(begin)
		}
		return took, nil
	}
}
