package directory

import (
	"context"
	"strconv"
	"strings"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/inbox"
	"github.com/signoff-id/signoff/internal/language"
	"github.com/signoff-id/signoff/internal/org"
	"github.com/signoff-id/signoff/internal/signal"
)

// write is the second pass.
func (r *run) write(ctx context.Context, tx Tx) error {
	if err := r.begin(ctx, tx); err != nil {
		return err
	}
	if err := r.each(ctx, func(b batch) error { return r.take(ctx, tx, b) }); err != nil {
		return err
	}
	// Departments that nobody stands in come last.
	if err := r.grow(ctx, tx); err != nil {
		return err
	}
	if err := r.mayStill(ctx, tx); err != nil {
		return err
	}
	data := r.report.counts()
	if r.Digest != "" {
		data["sha256"] = r.Digest
	}
	return tx.AppendAuditBatch(ctx, []audit.Entry{r.entry("import.applied", r.Organisation, "", data)})
}

// entry is one of the import's: all of them name it.
func (r *run) entry(action, organisation, account string, data map[string]string) audit.Entry {
	return audit.Entry{ID: r.NewID(), At: r.now, Actor: r.by, Action: action, Organisation: organisation, Account: account,
		Object: r.report.ID, Data: data}
}

// grow writes the departments that were found to be missing.
func (r *run) grow(ctx context.Context, tx Tx) error {
	var entries []audit.Entry
	for _, d := range r.tree.fresh {
		e := r.entry("department.created", d.Organisation, "", map[string]string{"import": r.report.ID})
		e.Object = d.ID
		entries = append(entries, e)
	}
	if err := r.tree.write(ctx, tx, r.now); err != nil {
		return err
	}
	return tx.AppendAuditBatch(ctx, entries)
}

// bring writes a batch, a table at a time.
func (r *run) bring(ctx context.Context, tx Tx, people []*candidate) error {
	if err := r.grow(ctx, tx); err != nil {
		return err
	}
	var w written
	for _, c := range people {
		r.sort(&w, c)
	}
	if err := tx.InsertPeople(ctx, w.newcomers); err != nil {
		return err
	}
	if n, err := tx.InsertNames(ctx, w.names, r.now); err != nil || n != len(w.names) {
		if err == nil {
			err = errChanged
		}
		return err
	}
	if err := tx.Rename(ctx, w.renamed); err != nil {
		return err
	}
	if err := tx.PutKeys(ctx, r.Organisation, r.book.Source, w.keys, r.now); err != nil {
		return err
	}
	if err := tx.Join(ctx, w.members); err != nil {
		return err
	}
	if err := tx.Move(ctx, r.Organisation, w.moved); err != nil {
		return err
	}
	for _, n := range w.notices {
		if err := inbox.Tell(ctx, tx, n); err != nil {
			return err
		}
	}
	return tx.AppendAuditBatch(ctx, w.entries)
}

// written is a batch, sorted by table.
type written struct {
	newcomers []Newcomer
	names     []Held
	renamed   map[string]string
	keys      map[string]string
	members   []org.Member
	moved     map[string]string
	notices   []signal.Notice
	entries   []audit.Entry
}

func (r *run) sort(w *written, c *candidate) {
	names := c.added
	if c.isNew {
		names = c.names
		w.newcomers = append(w.newcomers, Newcomer{Account: r.account(c), Password: c.person.Hash})
	}
	for _, n := range names {
		w.names = append(w.names, Held{Account: c.account, Name: n, Verified: r.Verified && c.isNew})
	}
	put(&w.renamed, c.account, c.person.Name, c.rename)
	put(&w.moved, c.account, c.place, c.move)
	put(&w.keys, c.person.Key, c.account, c.newKey)
	if c.join {
		w.members = append(w.members, org.Member{Organisation: r.Organisation, Account: c.account, Department: c.place, Role: org.Ordinary, JoinedAt: r.now})
	}
	for _, p := range c.places {
		w.members = append(w.members, org.Member{Organisation: p.OrganisationID, Account: c.account, Department: p.DepartmentID,
			Role: p.Role, Offices: p.Offices, JoinedAt: r.since(p.JoinedAt)})
		w.entries = append(w.entries, r.entry("member.put", p.OrganisationID, c.account,
			map[string]string{"role": p.Role, "offices": strings.Join(p.Offices, ",")}))
	}
	if r.Invite && c.isNew {
		w.notices = append(w.notices, signal.Notice{ID: r.NewID(), Account: c.account, Kind: signal.AccountCreated, CreatedAt: r.now})
	}
	switch {
	case c.isNew:
		w.entries = append(w.entries, r.entry("account.created", r.Organisation, c.account, nil))
	case c.changes():
		w.entries = append(w.entries, r.entry("account.updated", r.Organisation, c.account, map[string]string{"renamed": strconv.FormatBool(c.rename),
			"identifiers": strconv.Itoa(len(c.added)), "joined": strconv.FormatBool(c.join), "moved": strconv.FormatBool(c.move)}))
	}
}

func put(m *map[string]string, k, v string, is bool) {
	if !is {
		return
	}
	if *m == nil {
		*m = map[string]string{}
	}
	(*m)[k] = v
}

// changes says whether an account that is there already becomes another.
func (c *candidate) changes() bool {
	return c.rename || c.join || c.move || len(c.added)+len(c.places) > 0
}

func (c *candidate) locale() string {
	if c.person.Locale == "" {
		return language.All()[0]
	}
	return c.person.Locale
}

func (r *run) account(c *candidate) identity.Account {
	p := c.person
	at := r.now
	if p.Account != "" && !p.CreatedAt.IsZero() && p.CreatedAt.Before(at) {
		at = p.CreatedAt
	}
	state := identity.Active
	if p.Paused {
		state = identity.Paused
	}
	return identity.Account{ID: c.account, State: state, Name: p.Name, Locale: c.locale(), Stolen: p.Stolen, Banned: p.Banned, CreatedAt: at}
}
