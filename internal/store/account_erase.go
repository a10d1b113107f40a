package store

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/holder"
)

// own lists the tables that hold rows about an account, children first, as the
// certificate names them. A table that is forgotten here keeps them for ever.
var own = []struct{ name, statement string }{
	{"browser_accounts", `DELETE FROM browser_accounts WHERE account_id = $1`},
	{"work_leases", `DELETE FROM work_leases WHERE account_id = $1`},
	{"session_graces", `DELETE FROM session_graces WHERE account_id = $1`},
	{"resume_states", `DELETE FROM resume_states WHERE account_id = $1`},
	{"sessions", `DELETE FROM sessions WHERE account_id = $1`},
	{"pauses", `DELETE FROM pauses WHERE account_id = $1`},
	{"sign_out_orders", `DELETE FROM sign_out_orders WHERE account_id = $1 OR ordered_by = $1`},
	{"presence", `DELETE FROM presence WHERE account_id = $1 AND organisation_id IN (SELECT organisation_id FROM members WHERE account_id = $1)`},
	{"attestations", `DELETE FROM attestations WHERE account_id = $1`},
	{"todos", `DELETE FROM todos WHERE account_id = $1`},
	{"role_transfers", `DELETE FROM role_transfers WHERE from_account = $1 OR to_account = $1`},
	{"offices", `DELETE FROM offices WHERE account_id = $1`},
	{"memberships", `DELETE FROM members WHERE account_id = $1`},
	{"arrears", `DELETE FROM arrears WHERE account_id = $1`},
	{"directory_keys", `DELETE FROM directory_keys WHERE account_id = $1`},
	{"bindings", `DELETE FROM bindings WHERE account_id = $1`},
	{"grants", `DELETE FROM grants WHERE account_id = $1`},
	{"credentials", `DELETE FROM credentials WHERE account_id = $1`},
	{"factors", `DELETE FROM factors WHERE account_id = $1`},
	{"recovery_codes", `DELETE FROM recovery_codes WHERE account_id = $1`},
	{"passkey_users", `DELETE FROM passkey_users WHERE account_id = $1`},
	{"sign_in_steps", `DELETE FROM sign_in_steps WHERE account_id = $1`},
	{"known_places", `DELETE FROM known_places WHERE account_id = $1`},
	{"identifiers", `DELETE FROM identifiers WHERE account_id = $1`},
	{"onetime_codes", `DELETE FROM onetime_codes WHERE account_id = $1`},
	{"inbox", `DELETE FROM inbox WHERE account_id = $1`},
	{"notice_preferences", `DELETE FROM notice_mutes WHERE account_id = $1`},
	{"notices", `DELETE FROM notices WHERE account_id = $1`},
	{"idempotency_keys", `DELETE FROM idempotency_keys WHERE substr(scope, 1, length($1) + 11) = 'principal:' || $1 || ' '`},
}

// EraseAccount deletes everything about an account but its id and its closures,
// whose personal columns are emptied.
func (t *Tx) EraseAccount(ctx context.Context, account, closureID string, free time.Time, never bool) ([]holder.Item, error) {
	var until any = micro(free)
	if never {
		until = nil
	}
	if _, err := t.exec(ctx, `INSERT INTO identifier_reservations (kind, blind, closure_id, free_at)
		SELECT kind, blind, $2, CAST($3 AS BIGINT) FROM identifiers WHERE account_id = $1
		ON CONFLICT (kind, blind) DO UPDATE SET closure_id = excluded.closure_id, free_at = excluded.free_at`, account, closureID, until); err != nil {
		return nil, err
	}
	items := []holder.Item{}
	for _, table := range own {
		n, err := t.exec(ctx, table.statement, account)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			items = append(items, holder.Item{Name: table.name, Action: "delete", Count: n})
		}
	}
	n, err := t.exec(ctx, `UPDATE accounts SET name = NULL, stolen = FALSE, banned = FALSE WHERE id = $1`, account)
	if err != nil {
		return nil, err
	}
	items = append(items, holder.Item{Name: "account", Action: "blank", Count: n})
	_, err = t.exec(ctx, `UPDATE closures SET reason = NULL, last_address = NULL WHERE account_id = $1`, account)
	return items, err
}
