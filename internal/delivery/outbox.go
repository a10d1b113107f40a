package delivery

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/signoff-id/signoff/internal/signal"
)

// OutboxTx keeps the notices that wait.
type OutboxTx interface {
	// ClaimNotice leases a notice that is due and counts the attempt.
	ClaimNotice(ctx context.Context, id string, now, until time.Time) (signal.Notice, bool, error)
	// EndNotice records how it ended, and erases its address and its text.
	EndNotice(ctx context.Context, id, state string, at time.Time) error
	PostponeNotice(ctx context.Context, id, code string, next time.Time) error
	// DueNotices gives those that no job seems to care for, and puts their next
	// waking off until again.
	DueNotices(ctx context.Context, now, again time.Time, limit int) ([]string, error)
	WakeNotice(ctx context.Context, id string) error
}

// Outbox delivers what committed. A notice is sent at least once: when the
// process dies between sending and writing that down, it is sent again under
// the same Message-ID.
type Outbox struct {
	InTx func(context.Context, func(OutboxTx) error) error
	Now  func() time.Time
	Send func(context.Context, Notice) error
	Log  *slog.Logger
	// Probe is told the points at which a crash must do no harm; nil but in tests.
	Probe func(point string)
}

// How a notice ends.
const (
	Sent          = "sent"
	Undeliverable = "undeliverable"
)

// giveUp is how long a notice is tried.
const giveUp = 72 * time.Hour

const (
	sendTimeout = 30 * time.Second
	lease       = time.Minute
)

// Deliver sends one notice if it is due, and answers the time after which to
// try again, or zero when nothing is left to do.
func (o *Outbox) Deliver(ctx context.Context, id string) (again time.Duration, err error) {
	var n signal.Notice
	var ok bool
	err = o.InTx(ctx, func(tx OutboxTx) error {
		now := o.Now()
		n, ok, err = tx.ClaimNotice(ctx, id, now, now.Add(lease))
		return err
	})
	if err != nil || !ok {
		return 0, err
	}
	if n.Address == "" || !n.ExpiresAt.IsZero() && !o.Now().Before(n.ExpiresAt) {
		return 0, o.end(ctx, id, Undeliverable)
	}
	if rule, _ := signal.RuleOf(n.Kind); len(rule.Missing(n.Args)) > 0 { // sent with a gap is better than not sent
		o.Log.ErrorContext(ctx, "notice without all its arguments: give them where it is sent", "kind", n.Kind, "missing", rule.Missing(n.Args))
	}
	try, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	err = o.Send(try, Notice{ID: n.ID, Kind: n.Kind, Locale: n.Locale, Channel: n.Channel, Address: n.Address, Args: n.Args})
	if err == nil {
		o.probe("notice_sent:" + n.Kind)
		return 0, o.end(ctx, id, Sent)
	}
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		return 0, ctx.Err() // not what the mail server said: the queue keeps errors
	}
	return o.failed(ctx, n, err)
}

func (o *Outbox) failed(ctx context.Context, n signal.Notice, why error) (time.Duration, error) {
	code := "notice_failed"
	if Permanent(why) {
		code = "notice_refused"
	}
	o.Log.WarnContext(ctx, "notice not delivered", "notice", n.ID, "kind", n.Kind, "attempt", n.Attempts, "code", code)
	safe, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	now := o.Now()
	if Permanent(why) || now.Sub(n.CreatedAt) > giveUp {
		return 0, o.end(safe, n.ID, Undeliverable)
	}
	pause := min(time.Duration(1<<min(n.Attempts, 12))*time.Second, time.Hour)
	return pause, o.InTx(safe, func(tx OutboxTx) error { return tx.PostponeNotice(safe, n.ID, code, now.Add(pause)) })
}

func (o *Outbox) end(ctx context.Context, id, state string) error {
	err := o.InTx(ctx, func(tx OutboxTx) error { return tx.EndNotice(ctx, id, state, o.Now()) })
	if err == nil {
		o.probe("notice_ended")
	}
	return err
}

func (o *Outbox) probe(point string) {
	if o.Probe != nil {
		o.Probe(point)
	}
}

// grace is how long a notice's own job may be late before another is made.
const grace = 10 * time.Second

// Wake gives a job to every notice that no job seems to care for.
func (o *Outbox) Wake(ctx context.Context) error {
	return o.InTx(ctx, func(tx OutboxTx) error {
		now := o.Now()
		due, err := tx.DueNotices(ctx, now.Add(-grace), now.Add(lease), 500)
		if err != nil {
			return err
		}
		for _, id := range due {
			if err := tx.WakeNotice(ctx, id); err != nil {
				return err
			}
		}
		return nil
	})
}
