package holder

import (
	"context"
	"errors"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
)

// LastCheck is what a holder answered when somebody asked last whether it is
// ready.
type LastCheck struct {
	Holder  string
	At      time.Time
	Problem *fault.Error // what is wrong; nil when the holder is ready
}

// Backlog is what erasures wait for at a holder.
type Backlog struct {
	Open    int // parts of erasures that are not done
	Failing int // of these, whose last try failed
}

// ChecksTx keeps the last check of each holder.
type ChecksTx interface {
	// SaveHolderCheck replaces the holder's last check, unless that one is newer.
	SaveHolderCheck(ctx context.Context, c LastCheck) error
	// HolderChecks gives the last checks by the holders' names.
	HolderChecks(ctx context.Context) (map[string]LastCheck, error)
	// HolderBacklogs counts by the holders' names; one without any is missing.
	HolderBacklogs(ctx context.Context) (map[string]Backlog, error)
}

// Checks asks holders whether they are ready, and remembers what they said for
// everybody: another node, or the command line, may have asked.
type Checks struct {
	*Set
	InTx    func(context.Context, func(ChecksTx) error) error
	View    func(context.Context, func(ChecksTx) error) error
	Now     func() time.Time
	Timeout time.Duration // of one check
}

// Check asks one holder and keeps the answer. That the holder is not ready is a
// result and no error. Errors: holder_unknown, and the context's when the asker
// has left.
func (c *Checks) Check(ctx context.Context, name string) (LastCheck, error) {
	h, err := c.Get(name)
	if err != nil {
		return LastCheck{}, err
	}
	bounded, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	err = h.Check(bounded)
	if ctx.Err() != nil {
		return LastCheck{}, ctx.Err()
	}
	done := LastCheck{Holder: name, At: c.Now(), Problem: problemOf(err)}
	return done, c.InTx(ctx, func(tx ChecksTx) error { return tx.SaveHolderCheck(ctx, done) })
}

// problemOf keeps texts from outside, which may hold personal data, out of the
// record.
func problemOf(err error) *fault.Error {
	switch e := fault.Of(err); {
	case err == nil:
		return nil
	case errors.Is(err, context.DeadlineExceeded):
		return fault.New(fault.Unavailable, "holder_timeout")
	case e.Code == "internal":
		return fault.New(fault.Unavailable, "holder_failed")
	default:
		return e
	}
}

// Health gives the last check and the backlog of every holder that has one, by
// their names.
func (c *Checks) Health(ctx context.Context) (checks map[string]LastCheck, waiting map[string]Backlog, err error) {
	err = c.View(ctx, func(tx ChecksTx) error {
		if checks, err = tx.HolderChecks(ctx); err != nil {
			return err
		}
		waiting, err = tx.HolderBacklogs(ctx)
		return err
	})
	return checks, waiting, err
}
