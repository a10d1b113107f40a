// Package sqldb is the data holder that is a database: SQLite or PostgreSQL,
// described by a mapping. The mapping names the tables, how their rows lead to
// a person, and what becomes of them; the order in which foreign keys allow it
// is found from the database's own catalogue. docs/holders.md tells how a
// mapping is written.
//
// An erasure is one transaction of that database. Beside the changes it writes
// its receipt into the table signoff_receipts: when the connection breaks after
// the commit, the next try finds there what was done, because the rows that it
// would count are gone. The table holds no personal data.
package sqldb

import (
	"context"
	"database/sql"
	"sync"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/holder"
)

// Kind is what descriptions call this kind of holder.
const Kind = "sqldb"

// Holder is one database.
type Holder struct {
	name    string
	mapping *mapping
	engine  engine
	db      *sql.DB

	mu   sync.Mutex
	last *plan // the plan for the catalogue as it was last seen

	// committed is called between a commit and its answer; tests lose the
	// answer there.
	committed func() error
}

var _ holder.Holder = (*Holder)(nil)

// Open reads a mapping; a relative SQLite path counts from baseDir. dsn, when it
// is not empty, stands in for the database that the mapping names; faults name no
// part of it. It connects to nothing: that is for Check. A refusal is the fault
// holder_mapping_invalid, with one field for each wrong place.
func Open(name string, mapping []byte, baseDir, dsn string) (*Holder, error) {
	m, err := parse(name, mapping, dsn == "")
	if err != nil {
		return nil, err
	}
	at := m.dsnAt
	if dsn == "" {
		dsn = m.dsn
	} else {
		at = fault.Field{Path: "dsn", Code: "holder_dsn_invalid"}
	}
	e, db, err := openEngine(dsn, baseDir)
	if err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Code: "holder_mapping_invalid", Args: fault.Pairs("holder", name), Fields: []fault.Field{at}}
	}
	return &Holder{name: name, mapping: m, engine: e, db: db, committed: func() error { return nil }}, nil
}

// Describe says what the mapping says.
func (h *Holder) Describe() holder.Description {
	d := holder.Description{Name: h.name, Kind: Kind, Title: h.mapping.title}
	for _, e := range h.mapping.entries {
		d.Items = append(d.Items, e.describe())
	}
	if h.mapping.ends != nil {
		for _, e := range h.mapping.ends.entries {
			d.Organisation = append(d.Organisation, e.describe())
		}
	}
	return d
}

// Check connects, and compares the mapping with the database's catalogue.
// Faults: holder_mapping_unfit with a field for each wrong place in the mapping,
// and those of a database that cannot be asked.
func (h *Holder) Check(ctx context.Context) error {
	h.forget()
	_, err := h.plan(ctx)
	return err
}

// Close closes the connections.
func (h *Holder) Close() error { return h.db.Close() }

// forget makes the next plan read the catalogue again.
func (h *Holder) forget() {
	h.mu.Lock()
	h.last = nil
	h.mu.Unlock()
}

// plan gives the mapping as it applies to the catalogue as it is now. Reading a
// whole catalogue for every erasure would cost more than the erasure: the last
// one is taken again while its version stands.
func (h *Holder) plan(ctx context.Context) (*plan, error) {
	version, err := h.engine.version(ctx, h.db)
	if err != nil {
		return nil, h.failure(ctx, err)
	}
	h.mu.Lock()
	last := h.last
	h.mu.Unlock()
	if last != nil && last.version == version {
		return last, nil
	}
	c, err := h.engine.catalogue(ctx, h.db)
	if err != nil {
		return nil, h.failure(ctx, err)
	}
	p, err := h.mapping.plan(c, h.engine)
	if err != nil {
		return nil, err
	}
	p.version = version
	h.mu.Lock()
	h.last = p
	h.mu.Unlock()
	return p, nil
}
