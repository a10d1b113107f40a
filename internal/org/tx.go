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
	OwnerTx
	DutyTx
	TransferTx
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
	SetOrganisationState(ctx context.Context, id string, s State) error
}

// OwnerTx guards an organisation's last creator or super admin.
type OwnerTx interface {
	// LockOrganisation makes every other transaction that changes who is creator
	// or super admin wait; it answers organisation_not_found. Take the locks of
	// accounts before.
	LockOrganisation(ctx context.Context, id string) error
	// OtherOwners counts the creators and super admins with an active account,
	// leaving one account out.
	OtherOwners(ctx context.Context, organisation, account string) (int, error)
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
	// MembersWhere is Members of those that a filter lets through.
	MembersWhere(ctx context.Context, organisation string, f Filter, after string, limit int) ([]Member, error)
	// NamedMembers is Members with what they are called.
	NamedMembers(ctx context.Context, organisation, after string, limit int) ([]Named, error)
	// CountMembers counts up to most.
	CountMembers(ctx context.Context, organisation string, most int) (int, error)
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

// TransferTx keeps transfers of roles and offices.
type TransferTx interface {
	// InsertTransfer answers transfer_open when the holder has asked for another
	// one in the organisation that is still open.
	InsertTransfer(ctx context.Context, t Transfer) error
	// Transfer answers transfer_not_found for an unknown id.
	Transfer(ctx context.Context, id string) (Transfer, error)
	// Transfers gives those that an account has asked for or been asked, the
	// newest first.
	Transfers(ctx context.Context, account string, limit int) ([]Transfer, error)
	// EndTransfer ends an open one; false for one that has ended.
	EndTransfer(ctx context.Context, id string, s TransferState, at time.Time) (bool, error)
	// DueTransfers gives the open ones whose time is up.
	DueTransfers(ctx context.Context, now time.Time, limit int) ([]Transfer, error)
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
