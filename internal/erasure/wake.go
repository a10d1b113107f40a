package erasure

import (
	"context"
	"time"
)

// grace is how long a part's own job may be late before another is made.
const grace = 2 * time.Second

// Wake gives a job to up to limit parts that no job seems to care for, in one
// commit, and says how many they were.
func Wake(ctx context.Context, tx Tx, now, again time.Time, limit int) (int, error) {
	parts, err := tx.DueParts(ctx, now.Add(-grace), again, limit)
	if err != nil {
		return 0, err
	}
	for _, p := range parts {
		if err := tx.WakePart(ctx, p.Of, p.Holder); err != nil {
			return 0, err
		}
	}
	return len(parts), nil
}
