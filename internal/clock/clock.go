// Package clock is the time of a demo: the real one, moved ahead by hand. Outside
// a demo nobody can move it, so nobody can skip a cooling-off.
package clock

import (
	"context"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/signoff-id/signoff/internal/fault"
)

// The facts about an installation that make it a demo.
const (
	factDemo   = "demo"
	factOffset = "demo.clock_offset_us"
)

// FactTx keeps facts about an installation.
type FactTx interface {
	Fact(ctx context.Context, name string) (string, error)
	SetFact(ctx context.Context, name, value string) error
}

// Clock is the time of a demo: the real one, moved ahead by what `signoff demo
// advance` has added so far. It never goes back.
type Clock struct {
	Real   func() time.Time
	offset atomic.Int64
}

// Now gives the demo's time in UTC.
func (c *Clock) Now() time.Time {
	return c.Real().Add(time.Duration(c.offset.Load())).UTC()
}

// Follow reads how far the clock has been moved, by whichever process.
func (c *Clock) Follow(ctx context.Context, tx FactTx) error {
	d, err := offset(ctx, tx)
	if err == nil && int64(d) > c.offset.Load() {
		c.offset.Store(int64(d))
	}
	return err
}

func offset(ctx context.Context, tx FactTx) (time.Duration, error) {
	v, err := tx.Fact(ctx, factOffset)
	if err != nil || v == "" {
		return 0, err
	}
	us, err := strconv.ParseInt(v, 10, 64)
	return time.Duration(us) * time.Microsecond, err
}

// IsDemo says whether an installation was made as a demo.
func IsDemo(ctx context.Context, tx FactTx) (bool, error) {
	v, err := tx.Fact(ctx, factDemo)
	return v == "yes", err
}

// Mark makes an installation a demo. The caller has seen that it is empty.
func Mark(ctx context.Context, tx FactTx) error { return tx.SetFact(ctx, factDemo, "yes") }

// Advance moves the demo's clock ahead. Outside a demo it answers demo_only:
// there, nobody can skip a cooling-off.
func Advance(ctx context.Context, tx FactTx, by time.Duration) error {
	demo, err := IsDemo(ctx, tx)
	if err != nil {
		return err
	}
	if !demo {
		return fault.New(fault.Forbidden, "demo_only")
	}
	if by <= 0 || by > 10*365*24*time.Hour {
		return fault.Wrong().At("by", "duration_invalid")
	}
	d, err := offset(ctx, tx)
	if err != nil {
		return err
	}
	return tx.SetFact(ctx, factOffset, strconv.FormatInt((d+by).Microseconds(), 10))
}
