package app_test

import (
	"fmt"
	"strings"

	"github.com/signoff-id/signoff/internal/app/apptest"
)

// trail is all that the tables say about one account: read by plain SQL, so
// that no code under test vouches for itself.
type trail struct {
	account  string
	state    string // of the account
	closures []*closureTrail
	notices  []string // their kinds
	open     int      // sessions whose rows say that they lived when the last closure was confirmed
	live     int      // sessions whose rows say that they live now
	names    int      // identifiers
	secrets  int      // credentials
}

// closureTrail is one closure's part of it.
type closureTrail struct {
	id, state, policy string
	woken             bool // it still has a time to wake
	timeline, audit   []string
	parts, verified   int
	ledger, completed bool
	certificates      int
}

// trails reads what there is of the accounts whose ids are not below first: ids
// grow with time, and "" means all.
func trails(w *apptest.World, first string) map[string]*trail {
	w.T.Helper()
	all, closures := map[string]*trail{}, map[string]*closureTrail{}
	each := func(query string, use func(r []string)) {
		for _, r := range rows(w, query, first) {
			use(r)
		}
	}
	each(`SELECT id, state FROM accounts WHERE id >= $1`, func(r []string) { all[r[0]] = &trail{account: r[0], state: r[1]} })
	each(`SELECT c.id, c.account_id, c.state, p.name, COALESCE(c.wake_at, 0) FROM closures AS c
		JOIN policies AS p ON p.digest = c.policy_digest WHERE c.account_id >= $1 ORDER BY c.requested_at, c.id`, func(r []string) {
		c := &closureTrail{id: r[0], state: r[2], policy: r[3], woken: r[4] != "0"}
		closures[r[0]] = c
		all[r[1]].closures = append(all[r[1]].closures, c)
	})
	const of = ` JOIN closures AS c ON c.id = x.closure_id WHERE c.account_id >= $1`
	each(`SELECT c.id, x.event FROM closure_events AS x`+of+` ORDER BY x.at, x.audit_id`, func(r []string) {
		closures[r[0]].timeline = append(closures[r[0]].timeline, r[1])
	})
	each(`SELECT object, action FROM audit_entries WHERE account >= $1 AND action LIKE 'closure.%' ORDER BY at, id`, func(r []string) {
		closures[r[0]].audit = append(closures[r[0]].audit, strings.TrimPrefix(r[1], "closure."))
	})
	each(`SELECT c.id, COALESCE(x.verified_at, 0) FROM erasure_parts AS x`+of, func(r []string) {
		closures[r[0]].parts++
		if r[1] != "0" {
			closures[r[0]].verified++
		}
	})
	each(`SELECT c.id, COALESCE(x.completed_at, 0) FROM erasure_ledger AS x`+of, func(r []string) {
		closures[r[0]].ledger, closures[r[0]].completed = true, r[1] != "0"
	})
	each(`SELECT c.id FROM certificates AS x`+of, func(r []string) { closures[r[0]].certificates++ })
	each(`SELECT account_id, kind FROM notices WHERE account_id >= $1`, func(r []string) {
		all[r[0]].notices = append(all[r[0]].notices, r[1])
	})
	each(`SELECT account_id FROM sessions AS s WHERE account_id >= $1 AND ended_at IS NULL AND expires_at >
		COALESCE((SELECT max(c.confirmed_at) FROM closures AS c WHERE c.account_id = s.account_id), 0)`, func(r []string) { all[r[0]].open++ })
	now := w.App.Sessions.Now().UnixMicro()
	each(fmt.Sprintf(`SELECT account_id FROM sessions WHERE account_id >= $1 AND ended_at IS NULL AND expires_at > %d`, now),
		func(r []string) { all[r[0]].live++ })
	each(`SELECT account_id FROM identifiers WHERE account_id >= $1`, func(r []string) { all[r[0]].names++ })
	each(`SELECT account_id FROM credentials WHERE account_id >= $1`, func(r []string) { all[r[0]].secrets++ })
	return all
}

// rows reads every column of a query as text.
func rows(w *apptest.World, query string, args ...any) [][]string {
	w.T.Helper()
	found, err := w.App.DB.Read.QueryContext(w.T.Context(), query, args...)
	w.Must(err)
	defer found.Close()
	columns, err := found.Columns()
	w.Must(err)
	var all [][]string
	for found.Next() {
		values, pointers := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			pointers[i] = &values[i]
		}
		w.Must(found.Scan(pointers...))
		line := make([]string, len(columns))
		for i, v := range values {
			if b, ok := v.([]byte); ok {
				v = string(b)
			}
			line[i] = fmt.Sprint(v)
		}
		all = append(all, line)
	}
	w.Must(found.Err())
	return all
}

// newest gives the account's last closure, or an empty one.
func (t *trail) newest() *closureTrail {
	if len(t.closures) == 0 {
		return &closureTrail{}
	}
	return t.closures[len(t.closures)-1]
}
