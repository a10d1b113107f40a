package store

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/directory"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
)

// InsertPeople implements directory.BringTx.
func (t *Tx) InsertPeople(ctx context.Context, people []directory.Newcomer) error {
	var accounts, credentials, pauses [][]any
	for _, p := range people {
		a := p.Account
		name, err := t.seal(a.ID, "accounts.name", a.Name)
		if err != nil {
			return err
		}
		accounts = append(accounts, []any{a.ID, string(a.State), name, a.Locale, a.Stolen, a.Banned, micro(a.CreatedAt)})
		if a.State == identity.Paused {
			pauses = append(pauses, []any{a.ID, micro(a.CreatedAt)})
		}
		if p.Password != "" {
			credentials = append(credentials, []any{a.ID, p.Password, micro(a.CreatedAt)})
		}
	}
	if _, err := t.insertMany(ctx, `INSERT INTO accounts (id, state, name, locale, stolen, banned, created_at) VALUES {rows}`,
		"($%d,$%d,$%d,$%d,$%d,$%d,$%d)", accounts); err != nil {
		return err
	}
	if _, err := t.insertMany(ctx, `INSERT INTO pauses (account_id, paused_at) VALUES {rows}`, "($%d,$%d)", pauses); err != nil {
		return err
	}
	_, err := t.insertMany(ctx, `INSERT INTO credentials (account_id, kind, secret, changed_at) VALUES {rows}`, "($%d,'password',$%d,$%d)", credentials)
	return err
}

// InsertNames implements directory.BringTx. As InsertIdentifier, it writes before
// it reads the reservations.
func (t *Tx) InsertNames(ctx context.Context, names []directory.Held, now time.Time) (int, error) {
	rows := make([][]any, 0, len(names))
	ids := make([]identity.Identifier, 0, len(names))
	for _, h := range names {
		var verified time.Time
		if h.Verified {
			verified = now
		}
		value, err := t.seal(h.Account, "identifiers.value", h.Name.Value)
		if err != nil {
			return 0, err
		}
		rows = append(rows, []any{h.Name.Kind, t.db.Vault.BlindIndex(h.Name.Kind, h.Name.Value), h.Account, value, micro(now), maybe(verified)})
		ids = append(ids, h.Name)
	}
	n, err := t.insertMany(ctx, `INSERT INTO identifiers (kind, blind, account_id, value, created_at, verified_at) VALUES {rows}
		ON CONFLICT (kind, blind) DO NOTHING`, "($%d,$%d,$%d,$%d,$%d,$%d)", rows)
	if err != nil {
		return 0, err
	}
	kept, err := t.Reserved(ctx, ids, now)
	if err != nil {
		return 0, err
	}
	for _, id := range ids {
		if kept[id] {
			n--
		}
	}
	// Reservations that have run out are taken over.
	for kind, blinds := range t.blinds(ids) {
		if _, err := selectMany(ctx, t, text, `DELETE FROM identifier_reservations WHERE kind = $1 AND free_at <= $2 AND blind IN ({rows}) RETURNING kind`,
			[]any{kind, micro(now)}, slices.Collect(maps.Values(blinds))); err != nil {
			return 0, err
		}
	}
	return int(n), nil
}

// Rename implements directory.BringTx. The accounts are there, so that every
// row conflicts: an insert gives the parameters the types of their columns, which
// a list of values does not do on both engines.
func (t *Tx) Rename(ctx context.Context, names map[string]string) error {
	var rows [][]any
	for _, account := range slices.Sorted(maps.Keys(names)) {
		name, err := t.seal(account, "accounts.name", names[account])
		if err != nil {
			return err
		}
		rows = append(rows, []any{account, name})
	}
	_, err := t.insertMany(ctx, `INSERT INTO accounts (id, name, state, locale, created_at) VALUES {rows}
		ON CONFLICT (id) DO UPDATE SET name = excluded.name`, "($%d,$%d,'','',0)", rows)
	return err
}

// PutKeys implements directory.BringTx.
func (t *Tx) PutKeys(ctx context.Context, organisation, source string, keys map[string]string, now time.Time) error {
	var rows [][]any
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		account := keys[key]
		value, err := t.seal(account, "directory_keys.value", key)
		if err != nil {
			return err
		}
		rows = append(rows, []any{organisation, source, t.blindKey(organisation, source, key), account, value, micro(now)})
	}
	_, err := t.insertMany(ctx, `INSERT INTO directory_keys (organisation_id, source, blind, account_id, value, created_at) VALUES {rows}
		ON CONFLICT (organisation_id, source, blind) DO UPDATE SET account_id = excluded.account_id, value = excluded.value`,
		"($%d,$%d,$%d,$%d,$%d,$%d)", rows)
	return err
}

func (t *Tx) blindKey(organisation, source, key string) []byte {
	return t.db.Vault.BlindIndex("directory "+source+" "+organisation, key)
}

// Join implements directory.BringTx.
func (t *Tx) Join(ctx context.Context, members []org.Member) error {
	var rows, offices [][]any
	for _, m := range members {
		rows = append(rows, []any{m.Organisation, m.Account, orNull(m.Department), m.Role, micro(m.JoinedAt)})
		for _, o := range m.Offices {
			offices = append(offices, []any{m.Organisation, m.Account, o})
		}
	}
	if _, err := t.insertMany(ctx, `INSERT INTO members (organisation_id, account_id, department_id, role, joined_at) VALUES {rows}
		ON CONFLICT (organisation_id, account_id) DO NOTHING`, "($%d,$%d,$%d,$%d,$%d)", rows); err != nil {
		return err
	}
	_, err := t.insertMany(ctx, `INSERT INTO offices (organisation_id, account_id, office) VALUES {rows}
		ON CONFLICT (organisation_id, account_id, office) DO NOTHING`, "($%d,$%d,$%d)", offices)
	return err
}

// Move implements directory.BringTx.
func (t *Tx) Move(ctx context.Context, organisation string, departments map[string]string) error {
	var rows [][]any
	for _, account := range slices.Sorted(maps.Keys(departments)) {
		rows = append(rows, []any{organisation, account, orNull(departments[account])})
	}
	_, err := t.insertMany(ctx, `UPDATE members SET department_id = v.column3 FROM (VALUES {rows}) AS v
		WHERE members.organisation_id = v.column1 AND members.account_id = v.column2`,
		"(CAST($%d AS TEXT), CAST($%d AS TEXT), CAST($%d AS TEXT))", rows)
	return err
}

// AppendAuditBatch implements directory.Tx.
func (t *Tx) AppendAuditBatch(ctx context.Context, entries []audit.Entry) error {
	rows := make([][]any, 0, len(entries))
	for _, e := range entries {
		if err := e.Check(); err != nil {
			return err
		}
		data, err := audit.EncodeData(e.Data)
		if err != nil {
			return err
		}
		rows = append(rows, []any{e.ID, micro(e.At), e.Actor.Kind, e.Actor.ID, e.Action, e.Organisation, e.Account, e.Object, data})
	}
	_, err := t.insertMany(ctx, `INSERT INTO audit_entries (id, at, actor_kind, actor_id, action, organisation, account, object, data) VALUES {rows}`,
		"($%d,$%d,$%d,$%d,$%d,$%d,$%d,$%d,$%d)", rows)
	return err
}
