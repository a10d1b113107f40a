package erasure

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
)

// Engine works on the parts of one kind of end.
type Engine struct {
	InTx    func(context.Context, func(Tx) error) error
	Now     func() time.Time
	Log     *slog.Logger
	Holders *holder.Set
	Tries   Tries
	// Probe is told the name of every point at which a crash must do no harm.
	Probe func(point string)
	// Whose gives whose data a part's end is about, and the instant of the
	// erasure.
	Whose func(ctx context.Context, of string) (holder.Subject, time.Time, error)
	// Verified ends a part whose holder has been searched, in a commit of the
	// end's own.
	Verified func(ctx context.Context, p *Part) error
}

// Work works on one data holder's share: erase, verify, receipt. It may run any
// number of times, at once in several processes, and be cut off anywhere: the
// idempotency key and the lease make it one erasure. A failure is written down
// as a code and answered with the time after which to try again.
func (e *Engine) Work(ctx context.Context, of, name string) (again time.Duration, err error) {
	part, ok, err := e.claim(ctx, of, name)
	if err != nil || !ok {
		return 0, err
	}
	e.Probe("part_claimed:" + name)
	if err := e.try(ctx, &part); err != nil {
		return e.failed(ctx, part, err)
	}
	return 0, nil
}

func (e *Engine) claim(ctx context.Context, of, name string) (part Part, ok bool, err error) {
	err = e.InTx(ctx, func(tx Tx) error {
		now := e.Now()
		part, ok, err = tx.ClaimPart(ctx, of, name, now, now.Add(e.Tries.Lease()))
		return err
	})
	return part, ok, err
}

// try does one try. No transaction is open while the holder is called.
func (e *Engine) try(ctx context.Context, part *Part) error {
	h, err := e.Holders.Get(part.Holder)
	if err != nil {
		return err
	}
	subject, at, err := e.Whose(ctx, part.Of)
	if err != nil {
		return err
	}
	if subject.Organisation != "" && len(h.Describe().Organisation) == 0 {
		return e.skip(ctx, part)
	}
	try, cancel := context.WithTimeout(ctx, e.Tries.Timeout)
	defer cancel()
	receipt, err := e.erase(try, h, subject, at, part)
	if err != nil {
		return err
	}
	e.Probe("part_erased:" + part.Holder)
	part.Receipt, part.ErasedAt, part.LastError = &receipt, e.Now(), ""
	if err := e.save(ctx, *part); err != nil {
		return err
	}
	e.Probe("part_receipt:" + part.Holder)
	left, err := ask(try, e, *part, func() (holder.Leftovers, error) { return h.Verify(try, subject) })
	if err != nil {
		return err
	}
	if len(left.Items) > 0 {
		return fault.New(fault.Conflict, "holder_leftovers", "holder", part.Holder)
	}
	e.Probe("part_verified:" + part.Holder)
	if err := e.Verified(ctx, part); err != nil {
		return err
	}
	e.Probe("part_done:" + part.Holder)
	return nil
}

// skip ends the part of a holder that keeps nothing for organisations: its
// receipt says so.
func (e *Engine) skip(ctx context.Context, part *Part) error {
	part.Receipt, part.ErasedAt, part.LastError = &holder.Receipt{Items: []holder.Item{}, None: true}, e.Now(), ""
	return e.Verified(ctx, part)
}

func (e *Engine) save(ctx context.Context, p Part) error {
	return e.InTx(ctx, func(tx Tx) error { return tx.SavePart(ctx, p) })
}

// End ends a part inside the commit that Verified makes: the caller holds what
// keeps two of them apart. It answers whether this was the last open one, and
// false for first when another worker has been as fast.
func End(ctx context.Context, tx Tx, part *Part, now time.Time) (first, last bool, err error) {
	parts, err := tx.Parts(ctx, part.Of)
	if err != nil {
		return false, false, err
	}
	open := 0
	for _, p := range parts {
		if p.Holder == part.Holder && p.Done() {
			return false, false, nil
		}
		if !p.Done() {
			open++
		}
	}
	part.VerifiedAt, part.NextTryAt = now, now
	return true, open == 1, tx.SavePart(ctx, *part)
}

// failed writes down why, and when to try again.
func (e *Engine) failed(ctx context.Context, part Part, why error) (time.Duration, error) {
	if fault.Is(why, "part_taken") {
		return 0, nil // the lease ran out, and another worker goes on
	}
	if errors.Is(why, context.Canceled) && ctx.Err() != nil {
		// The process stops: the lease runs out and the part is woken again. What
		// the holder says about it may quote data, and the queue keeps errors.
		return 0, ctx.Err()
	}
	pause := e.Tries.pause(part.Attempts)
	part.LastError, part.NextTryAt = codeOf(why), e.Now().Add(pause)
	e.Log.WarnContext(ctx, "erasure part failed", "of", part.Of, "holder", part.Holder, "code", part.LastError,
		"attempt", part.Attempts, "again_in", pause)
	// The try's own time may be over; writing it down must still work.
	safe, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := e.save(safe, part); fault.Is(err, "part_taken") {
		return 0, nil
	} else if err != nil {
		return 0, fmt.Errorf("erasure: part %s of %s: %w", part.Holder, part.Of, err)
	}
	return pause, nil
}

// codeOf keeps texts from outside, which may hold personal data, out of the
// record.
func codeOf(err error) string {
	if errors.Is(err, context.DeadlineExceeded) {
		return "holder_timeout"
	}
	if code := fault.Of(err).Code; code != "internal" {
		return code
	}
	return "holder_failed"
}
