package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/signoff-id/signoff/internal/org"
)

// InsertTodo writes something that waits for a person.
func (t *Tx) InsertTodo(ctx context.Context, d org.Todo) error {
	title, err := t.seal(d.Account, "todos.title", d.Title)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO todos (id, account_id, organisation_id, kind, title, created_at) VALUES ($1, $2, $3, $4, $5, $6)`,
		d.ID, d.Account, orNull(d.Organisation), d.Kind, title, micro(d.CreatedAt))
	return err
}

// CompleteTodo records that it was done.
func (t *Tx) CompleteTodo(ctx context.Context, account, id string, at time.Time) (bool, error) {
	n, err := t.exec(ctx, `UPDATE todos SET done_at = $3 WHERE account_id = $1 AND id = $2 AND done_at IS NULL`, account, id, micro(at))
	return n > 0, err
}

// OpenTodos reads what still waits for a person.
func (t *Tx) OpenTodos(ctx context.Context, account string) ([]org.Todo, error) {
	return list(ctx, t.tx, func(scan func(...any) error) (d org.Todo, err error) {
		var organisation sql.NullString
		var title []byte
		var at int64
		if err := scan(&d.ID, &organisation, &d.Kind, &title, &at); err != nil {
			return d, err
		}
		d.Account, d.Organisation, d.CreatedAt = account, organisation.String, instant(at)
		d.Title, err = t.open(account, "todos.title", title)
		return d, err
	}, `SELECT id, organisation_id, kind, title, created_at FROM todos WHERE account_id = $1 AND done_at IS NULL ORDER BY id`, account)
}

// InsertAttestation writes evidence that a duty has been met.
func (t *Tx) InsertAttestation(ctx context.Context, a org.Attestation) error {
	evidence, err := t.seal(a.Account, "attestations.evidence", a.Evidence)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `INSERT INTO attestations (id, account_id, organisation_id, kind, evidence, attested_by, attested_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, a.ID, a.Account, a.Organisation, a.Kind, evidence, a.AttestedBy, micro(a.AttestedAt))
	return err
}

// Attestations reads what has been attested for an account.
func (t *Tx) Attestations(ctx context.Context, account string) ([]org.Attestation, error) {
	return list(ctx, t.tx, func(scan func(...any) error) (a org.Attestation, err error) {
		var evidence []byte
		var at int64
		if err := scan(&a.ID, &a.Organisation, &a.Kind, &evidence, &a.AttestedBy, &at); err != nil {
			return a, err
		}
		a.Account, a.AttestedAt = account, instant(at)
		a.Evidence, err = t.open(account, "attestations.evidence", evidence)
		return a, err
	}, `SELECT id, organisation_id, kind, evidence, attested_by, attested_at FROM attestations WHERE account_id = $1 ORDER BY id`, account)
}
