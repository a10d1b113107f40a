package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/signoff-id/signoff/internal/directory"
	"github.com/signoff-id/signoff/internal/identity"
)

// blinds gives the blind indexes of names by their kind.
func (t *Tx) blinds(names []identity.Identifier) map[string]map[string]any {
	all := map[string]map[string]any{}
	for _, n := range names {
		if all[n.Kind] == nil {
			all[n.Kind] = map[string]any{}
		}
		all[n.Kind][n.Value] = t.db.Vault.BlindIndex(n.Kind, n.Value)
	}
	return all
}

// blindRow is a row found by a blind index, and what stands in it.
type blindRow struct{ blind, value string }

func scanBlind(scan func(...any) error) (r blindRow, err error) {
	var blind []byte
	err = scan(&blind, &r.value)
	r.blind = string(blind)
	return r, err
}

// byBlind runs a query for the names of each kind, and gives what was found by
// name. The query has the kind as $1.
func (t *Tx) byBlind(ctx context.Context, query string, names []identity.Identifier, more ...any) (map[identity.Identifier]string, error) {
	all := map[identity.Identifier]string{}
	for kind, blinds := range t.blinds(names) {
		words := make(map[string]string, len(blinds)) // by blind
		values := make([]any, 0, len(blinds))
		for word, blind := range blinds {
			words[string(blind.([]byte))] = word
			values = append(values, blind)
		}
		rows, err := selectMany(ctx, t, scanBlind, query, append([]any{kind}, more...), values)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			all[identity.Identifier{Kind: kind, Value: words[r.blind]}] = r.value
		}
	}
	return all, nil
}

// Holders implements directory.FindTx.
func (t *Tx) Holders(ctx context.Context, names []identity.Identifier) (map[identity.Identifier]string, error) {
	return t.byBlind(ctx, `SELECT blind, account_id FROM identifiers WHERE kind = $1 AND blind IN ({rows})`, names)
}

// Reserved implements directory.FindTx.
func (t *Tx) Reserved(ctx context.Context, names []identity.Identifier, now time.Time) (map[identity.Identifier]bool, error) {
	held, err := t.byBlind(ctx, `SELECT blind, closure_id FROM identifier_reservations
		WHERE kind = $1 AND (free_at IS NULL OR free_at > $2) AND blind IN ({rows})`, names, micro(now))
	all := make(map[identity.Identifier]bool, len(held))
	for name := range held {
		all[name] = true
	}
	return all, err
}

// Keyed implements directory.FindTx.
func (t *Tx) Keyed(ctx context.Context, organisation, source string, keys []string) (map[string]string, error) {
	words := make(map[string]string, len(keys))
	values := make([]any, 0, len(keys))
	for _, k := range keys {
		blind := t.blindKey(organisation, source, k)
		words[string(blind)] = k
		values = append(values, blind)
	}
	rows, err := selectMany(ctx, t, scanBlind, `SELECT blind, account_id FROM directory_keys
		WHERE organisation_id = $1 AND source = $2 AND blind IN ({rows})`, []any{organisation, source}, values)
	all := make(map[string]string, len(rows))
	for _, r := range rows {
		all[words[r.blind]] = r.value
	}
	return all, err
}

// Standings implements directory.FindTx.
func (t *Tx) Standings(ctx context.Context, organisation string, accounts []string) (map[string]directory.Standing, error) {
	rows, err := selectMany(ctx, t, func(scan func(...any) error) (s directory.Standing, err error) {
		var name []byte
		var department, role sql.NullString
		if err := scan(&s.Account, &s.State, &s.Blocked, &name, &department, &role, &s.Closing); err != nil {
			return s, err
		}
		s.Member, s.Role, s.Department = role.Valid, role.String, department.String
		s.Name, err = t.open(s.Account, "accounts.name", name)
		return s, err
	}, `SELECT a.id, a.state, a.stolen OR a.banned, a.name, m.department_id, m.role,
		EXISTS (SELECT 1 FROM closures AS c WHERE c.account_id = a.id AND c.ended_at IS NULL AND c.confirmed_at IS NOT NULL)
		FROM accounts AS a LEFT JOIN members AS m ON m.account_id = a.id AND m.organisation_id = $1
		WHERE a.id IN ({rows})`, []any{organisation}, anys(accounts))
	all := make(map[string]directory.Standing, len(rows))
	for _, s := range rows {
		all[s.Account] = s
	}
	return all, err
}

func anys(words []string) []any {
	all := make([]any, len(words))
	for i, w := range words {
		all[i] = w
	}
	return all
}

// LockAccounts implements directory.FindTx. PostgreSQL may take the rows in
// another order than somebody else does; a deadlock is run again.
func (t *Tx) LockAccounts(ctx context.Context, accounts []string) error {
	_, err := selectMany(ctx, t, text, `UPDATE accounts SET version = version + 1 WHERE id IN ({rows}) RETURNING id`, nil, anys(accounts))
	return err
}

// People implements directory.ExportTx.
func (t *Tx) People(ctx context.Context, after string, limit int, passwords bool) (page []directory.Person, last string, err error) {
	all, err := list(ctx, t.tx, t.scanAccount, `SELECT `+accountColumns+` FROM accounts WHERE id > $1 ORDER BY id LIMIT $2`, after, limit)
	if err != nil || len(all) == 0 {
		return nil, "", err
	}
	last = all[len(all)-1].ID
	ids := make([]string, len(all))
	for i, a := range all {
		ids[i] = a.ID
	}
	standings, err := t.Standings(ctx, "", ids)
	if err != nil {
		return nil, "", err
	}
	at := map[string]int{}
	for _, a := range all {
		if s := standings[a.ID]; a.State.Lives() && !s.Closing {
			at[a.ID] = len(page)
			page = append(page, directory.Person{Newcomer: directory.Newcomer{Account: a}})
		}
	}
	if err := t.peopleNames(ctx, ids, at, page); err != nil {
		return nil, "", err
	}
	if err := t.peoplePlaces(ctx, ids, at, page); err != nil {
		return nil, "", err
	}
	if passwords {
		err = t.peoplePasswords(ctx, ids, at, page)
	}
	return page, last, err
}

func (t *Tx) peopleNames(ctx context.Context, ids []string, at map[string]int, page []directory.Person) error {
	held, err := selectMany(ctx, t, func(scan func(...any) error) (h directory.Held, err error) {
		var sealed []byte
		if err := scan(&h.Account, &h.Name.Kind, &sealed); err != nil {
			return h, err
		}
		h.Name.Value, err = t.open(h.Account, "identifiers.value", sealed)
		return h, err
	}, `SELECT account_id, kind, value FROM identifiers WHERE account_id IN ({rows}) ORDER BY created_at, kind, blind`, nil, anys(ids))
	for _, h := range held {
		if i, ok := at[h.Account]; ok {
			page[i].Account.Identifiers = append(page[i].Account.Identifiers, h.Name)
		}
	}
	return err
}

func (t *Tx) peoplePlaces(ctx context.Context, ids []string, at map[string]int, page []directory.Person) error {
	members, err := selectMany(ctx, t, scanMember, `SELECT `+memberColumns+` FROM members WHERE account_id IN ({rows}) ORDER BY organisation_id`, nil, anys(ids))
	if err != nil {
		return err
	}
	type office struct{ organisation, account, name string }
	offices, err := selectMany(ctx, t, func(scan func(...any) error) (o office, err error) {
		err = scan(&o.organisation, &o.account, &o.name)
		return o, err
	}, `SELECT organisation_id, account_id, office FROM offices WHERE account_id IN ({rows}) ORDER BY office`, nil, anys(ids))
	for _, m := range members {
		i, ok := at[m.Account]
		if !ok {
			continue
		}
		for _, o := range offices {
			if o.account == m.Account && o.organisation == m.Organisation {
				m.Offices = append(m.Offices, o.name)
			}
		}
		page[i].Places = append(page[i].Places, m)
	}
	return err
}

func (t *Tx) peoplePasswords(ctx context.Context, ids []string, at map[string]int, page []directory.Person) error {
	type password struct{ account, hash string }
	all, err := selectMany(ctx, t, func(scan func(...any) error) (p password, err error) {
		err = scan(&p.account, &p.hash)
		return p, err
	}, `SELECT account_id, secret FROM credentials WHERE kind = 'password' AND account_id IN ({rows})`, nil, anys(ids))
	for _, p := range all {
		if i, ok := at[p.account]; ok {
			page[i].Password = p.hash
		}
	}
	return err
}
