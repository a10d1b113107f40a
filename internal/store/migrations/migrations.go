// Package migrations holds the schema of Signoff's own database as goose
// migrations. One text serves SQLite and PostgreSQL. Times are BIGINT
// microseconds since 1970 in UTC, documents are TEXT with JSON, hashes and
// sealed personal columns are BYTEA.
package migrations

import "embed"

// FS holds the migrations, in the order of their numbers.
//
//go:embed *.sql
var FS embed.FS
