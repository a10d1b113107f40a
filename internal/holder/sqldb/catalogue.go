package sqldb

import "strings"

// kind is how a column's values are compared with a text.
type kind uint8

const (
	textual  kind = iota // as it is
	integral             // as a number
	uuidLike             // as a UUID, whatever way it is written
	opaque               // by its text form
)

// catalogue is what a database says about its tables.
type catalogue struct {
	tables   []*table
	foreign  []*foreignKey
	caseless bool // whether names are the same in any case (SQLite)
}

type table struct {
	schema, name string // schema is empty where names need none
	columns      []*column
}

type column struct {
	name      string
	kind      kind
	required  bool // NOT NULL, or part of the primary key
	generated bool
}

// foreignKey says that columns of one table refer to columns of another, which
// may be the same one.
type foreignKey struct {
	from, to *table
	columns  []*column // of from
	keys     []*column // of to, in the same order
}

func (c *catalogue) same(a, b string) bool {
	return a == b || c.caseless && strings.EqualFold(a, b)
}

// table finds a table as a mapping names it: "orders" or "sales.orders".
func (c *catalogue) table(name string) *table {
	for _, t := range c.tables {
		if c.same(t.String(), name) {
			return t
		}
	}
	return nil
}

func (c *catalogue) column(t *table, name string) *column {
	for _, col := range t.columns {
		if c.same(col.name, name) {
			return col
		}
	}
	return nil
}

// String gives the name as mappings and faults write it.
func (t *table) String() string {
	if t.schema == "" {
		return t.name
	}
	return t.schema + "." + t.name
}

// sql gives the name as SQL takes it.
func (t *table) sql() string {
	if t.schema == "" {
		return quote(t.name)
	}
	return quote(t.schema) + "." + quote(t.name)
}

// quote writes an identifier so that it is nothing else (SQL-92, 5.2: a
// delimited identifier doubles its quotes).
func quote(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// names lists columns for a fault.
func names(columns []*column) string {
	var all []string
	for _, c := range columns {
		all = append(all, c.name)
	}
	return strings.Join(all, ", ")
}
