package sqldb

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

type postgres struct{}

func openPostgres(dsn string) (*sql.DB, error) {
	conf, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, errDSN // its text quotes the dsn
	}
	if conf.RuntimeParams["application_name"] == "" {
		conf.RuntimeParams["application_name"] = "signoff"
	}
	db := stdlib.OpenDB(*conf)
	db.SetMaxOpenConns(maxConnections)
	return db, nil
}

// version costs one index scan of the foreign keys. A table or column that went
// missing shows by itself when a statement names it; a new foreign key, which
// could pull other people's rows along, does not.
func (postgres) version(ctx context.Context, db *sql.DB) (v string, err error) {
	err = db.QueryRowContext(ctx, `SELECT count(*) || '/' || coalesce(max(oid::bigint), 0) || '/' || coalesce(current_schema(), '') FROM pg_constraint WHERE contype = 'f'`).Scan(&v)
	return v, err
}

func (e postgres) catalogue(ctx context.Context, db *sql.DB) (*catalogue, error) {
	c := &catalogue{}
	// A domain compares as the type that it is made of.
	err := scan(ctx, db, `SELECT CASE WHEN n.nspname = current_schema() THEN '' ELSE n.nspname::text END, c.relname::text, a.attname::text,
			coalesce(base.typname, t.typname)::text, a.attnotnull, a.attgenerated <> '' OR a.attidentity = 'a'
		FROM pg_attribute a
		JOIN pg_class c ON c.oid = a.attrelid
		JOIN pg_namespace n ON n.oid = c.relnamespace
		JOIN pg_type t ON t.oid = a.atttypid
		LEFT JOIN pg_type base ON base.oid = t.typbasetype
		WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
			AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\_%'
		ORDER BY n.nspname, c.relname, a.attnum`, func(rows *sql.Rows) error {
		var schema, name, typ string
		var col column
		if err := rows.Scan(&schema, &name, &col.name, &typ, &col.required, &col.generated); err != nil {
			return err
		}
		col.kind = kindOf(typ)
		if n := len(c.tables); n == 0 || c.tables[n-1].name != name || c.tables[n-1].schema != schema {
			c.tables = append(c.tables, &table{schema: schema, name: name})
		}
		t := c.tables[len(c.tables)-1]
		t.columns = append(t.columns, &col)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return c, e.foreignKeys(ctx, db, c)
}

func kindOf(typ string) kind {
	switch typ {
	case "text", "varchar", "bpchar", "citext", "name":
		return textual
	case "int2", "int4", "int8":
		return integral
	case "uuid":
		return uuidLike
	}
	return opaque
}

// foreignKeys leaves out those that partitions inherit.
func (postgres) foreignKeys(ctx context.Context, db *sql.DB, c *catalogue) error {
	var last int64
	return scan(ctx, db, `SELECT con.oid::bigint,
			CASE WHEN fn.nspname = current_schema() THEN '' ELSE fn.nspname || '.' END || f.relname, fa.attname::text,
			CASE WHEN tn.nspname = current_schema() THEN '' ELSE tn.nspname || '.' END || t.relname, ta.attname::text
		FROM pg_constraint con
		CROSS JOIN LATERAL unnest(con.conkey, con.confkey) WITH ORDINALITY AS k (col, ref, pos)
		JOIN pg_class f ON f.oid = con.conrelid JOIN pg_namespace fn ON fn.oid = f.relnamespace
		JOIN pg_class t ON t.oid = con.confrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace
		JOIN pg_attribute fa ON fa.attrelid = f.oid AND fa.attnum = k.col
		JOIN pg_attribute ta ON ta.attrelid = t.oid AND ta.attnum = k.ref
		WHERE con.contype = 'f' AND con.conparentid = 0
		ORDER BY con.oid, k.pos`, func(rows *sql.Rows) error {
		var id int64
		var from, column, to, key string
		if err := rows.Scan(&id, &from, &column, &to, &key); err != nil {
			return err
		}
		f, t := c.table(from), c.table(to)
		if f == nil || t == nil {
			return nil // in a schema that is not looked at
		}
		if id != last {
			c.foreign, last = append(c.foreign, &foreignKey{from: f, to: t}), id
		}
		fk := c.foreign[len(c.foreign)-1]
		fk.columns, fk.keys = append(fk.columns, c.column(f, column)), append(fk.keys, c.column(t, key))
		return nil
	})
}

// compare turns the value into the column's type, not the other way round, so
// that an index on the column serves.
func (e postgres) compare(column string, k kind, value, parameter string) (string, bool) {
	if k == opaque {
		return "CAST(" + column + " AS text) = CAST(" + parameter + " AS text)", false
	}
	v, ok := e.value(k, value, parameter)
	return column + " = " + v, !ok
}

func (postgres) value(k kind, value, parameter string) (string, bool) {
	text := "CAST(" + parameter + " AS text)"
	switch k {
	case integral:
		_, err := strconv.ParseInt(value, 10, 64)
		return "CAST(" + text + " AS bigint)", err == nil
	case uuidLike:
		_, err := uuid.Parse(value)
		return "CAST(" + text + " AS uuid)", err == nil && len(value) == 36 // no URN, which only Go reads
	case textual:
		return text, !strings.Contains(value, "\x00") // PostgreSQL's texts have none
	}
	return text, false
}

func (postgres) locked() string { return " FOR UPDATE" }

func (postgres) settle(context.Context, *sql.DB) {} // old row versions are for autovacuum

// explain goes by the SQLSTATE (PostgreSQL documentation, appendix A).
func (postgres) explain(err error) (meaning, bool) {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return meaning{}, false
	}
	m := meaning{code: "holder_database_refused", told: "SQLSTATE " + e.Code}
	switch {
	case e.Code == "40001", e.Code == "40P01", e.Code == "55P03":
		m.code = "holder_busy"
	case strings.HasPrefix(e.Code, "23"):
		m.code = "holder_constraint"
	case e.Code == "42501", strings.HasPrefix(e.Code, "28"), e.Code == "25006":
		m.code = "holder_forbidden"
	case strings.HasPrefix(e.Code, "08"), strings.HasPrefix(e.Code, "53"), strings.HasPrefix(e.Code, "57P"), e.Code == "3D000":
		m.code = "holder_unreachable"
	}
	return m, true
}
