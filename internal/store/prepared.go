package store

import (
	"context"
	"database/sql"
	"sync"
)

// prepared is one statement of a hot path, prepared when it is first needed.
type prepared struct {
	mu   sync.RWMutex
	stmt *sql.Stmt
}

// row runs the statement for one row.
func (p *prepared) row(ctx context.Context, db *DB, query string, args ...any) (*sql.Row, error) {
	if db.DriverPrepares {
		return db.Read.QueryRowContext(ctx, query, args...), nil
	}
	stmt, err := p.get(ctx, db.Read, query) //nolint:sqlclosecheck // it is kept for as long as the database is open
	if err != nil {
		return nil, err
	}
	return stmt.QueryRowContext(ctx, args...), nil
}

func (p *prepared) get(ctx context.Context, db *sql.DB, query string) (*sql.Stmt, error) {
	p.mu.RLock()
	stmt := p.stmt
	p.mu.RUnlock()
	if stmt != nil {
		return stmt, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.stmt != nil {
		return p.stmt, nil
	}
	var err error
	p.stmt, err = db.PrepareContext(ctx, query)
	return p.stmt, err
}
