package org

import (
	"context"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/identity"
)

// Tx is what this room needs of a transaction.
type Tx interface {
	identity.Tx
	OrganisationTx
	MemberTx
	DutyTx
}

// OrganisationTx keeps organisations and their departments.
type OrganisationTx interface {
	InsertOrganisation(ctx context.Context, o Organisation) error
	// Organisation answers organisation_not_found for an unknown id.
	Organisation(ctx context.Context, id string) (Organisation, error)
	Organisations(ctx context.Context, after string, limit int) ([]Organisation, error)
	SetCertification(ctx context.Context, id, state string) (found bool, err error)
	InsertDepartment(ctx context.Context, d Department) error
	// Department answers department_not_found for one of another organisation.
	Department(ctx context.Context, organisation, id string) (Department, error)
	Departments(ctx context.Context, organisation string) ([]Department, error)
}

// MemberTx keeps members, their roles and offices.
type MemberTx interface {
	// PutMember adds a member or changes its department, role and offices.
	PutMember(ctx context.Context, m Member) error
	// DeleteMember takes a member out. The organisation's session mark, where it
	// ended sessions of the account, moves to the account, so that nothing that
	// was ended comes back.
	DeleteMember(ctx context.Context, organisation, account string) (found bool, err error)
	// Member gives the zero Member for somebody who is none.
	Member(ctx context.Context, organisation, account string) (Member, error)
	Members(ctx context.Context, organisation, after string, limit int) ([]Member, error)
	Memberships(ctx context.Context, account string) ([]Member, error)
}

// DutyTx keeps to-dos, approvals and attestations.
type DutyTx interface {
	InsertTodo(ctx context.Context, t Todo) error
	CompleteTodo(ctx context.Context, account, id string, at time.Time) (found bool, err error)
	OpenTodos(ctx context.Context, account string) ([]Todo, error)
	InsertAttestation(ctx context.Context, a Attestation) error
	Attestations(ctx context.Context, account string) ([]Attestation, error)
}

// Service is what people and programs do with organisations.
type Service struct {
	InTx  func(context.Context, func(Tx) error) error
	View  func(context.Context, func(Tx) error) error
	Now   func() time.Time
	NewID func() string
}

func (s *Service) note(ctx context.Context, tx Tx, by audit.Actor, now time.Time, e audit.Entry) error {
	e.ID, e.At, e.Actor = s.NewID(), now, by
	return tx.AppendAudit(ctx, e)
}
