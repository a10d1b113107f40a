package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/session"
)

// slotOf gives the beginning of the stretch of time that an instant lies in.
func slotOf(at time.Time, length time.Duration) int64 {
	us := micro(at)
	return us - us%length.Microseconds()
}

// Appear notes somebody's presence in every organisation of the account.
func (t *Tx) Appear(ctx context.Context, account string, at time.Time, slot time.Duration) error {
	_, err := t.exec(ctx, `INSERT INTO presence (organisation_id, account_id, slot)
		SELECT m.organisation_id, m.account_id, CAST($2 AS BIGINT) FROM members AS m WHERE m.account_id = $1
		ON CONFLICT (organisation_id, account_id) DO UPDATE SET slot = excluded.slot WHERE presence.slot < excluded.slot`,
		account, slotOf(at, slot))
	return err
}

// RecordActivity writes when sessions were last seen: two statements, however
// many there are. An older instant never takes the place of a newer one.
func (t *Tx) RecordActivity(ctx context.Context, seen []session.Seen, slot time.Duration) error {
	if len(seen) == 0 {
		return nil
	}
	values, args := seenValues(seen, slot)
	_, err := t.exec(ctx, values+`UPDATE sessions SET active_at = v.at FROM v
		WHERE sessions.id = v.id AND sessions.ended_at IS NULL AND sessions.active_at < v.at`, args...)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, values+`INSERT INTO presence (organisation_id, account_id, slot)
		SELECT m.organisation_id, m.account_id, max(v.slot) FROM v JOIN members AS m ON m.account_id = v.account
		WHERE TRUE GROUP BY m.organisation_id, m.account_id ORDER BY 1, 2
		ON CONFLICT (organisation_id, account_id) DO UPDATE SET slot = excluded.slot WHERE presence.slot < excluded.slot`, args...)
	return err
}

// seenValues writes what was seen as a table v. The last row is repeated up to
// one of few sizes, so that the engines see few different statements.
func seenValues(seen []session.Seen, slot time.Duration) (with string, args []any) {
	size := 16
	for size < len(seen) {
		size *= 4
	}
	var b strings.Builder
	// The first row tells the types.
	b.WriteString("WITH v(id, account, at, slot) AS (VALUES (CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS BIGINT), CAST($4 AS BIGINT))")
	for i := range size {
		if i > 0 {
			fmt.Fprintf(&b, ", ($%d, $%d, $%d, $%d)", 4*i+1, 4*i+2, 4*i+3, 4*i+4)
		}
		s := seen[min(i, len(seen)-1)]
		args = append(args, s.Session, s.Account, micro(s.At), slotOf(s.At, slot))
	}
	b.WriteString(") ")
	return b.String(), args
}
