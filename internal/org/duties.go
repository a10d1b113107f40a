package org

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
)

// The kinds of to-dos.
const (
	Task     = "todo"     // 待办
	Approval = "approval" // 审批
)

// Todo is something that still waits for a person.
type Todo struct {
	ID           string
	Account      string
	Organisation string // "" for one of no organisation
	Kind         string
	Title        string // personal
	CreatedAt    time.Time
}

// The kinds of attestations.
const (
	TaxDeregistration   = "tax_deregistration"    // 税务注销
	SocialInsuranceExit = "social_insurance_exit" // 社保退工
)

// AttestationKinds lists all of them.
func AttestationKinds() []string { return []string{TaxDeregistration, SocialInsuranceExit} }

// Attestation is evidence that a duty tied to an office has been met.
type Attestation struct {
	ID           string
	Account      string
	Organisation string
	Kind         string
	Evidence     string // the document's number or a link to it; personal
	AttestedBy   string // the account that recorded it
	AttestedAt   time.Time
}

// AddTodo records something that waits for a person.
func (s *Service) AddTodo(ctx context.Context, by audit.Actor, t Todo) (Todo, error) {
	bad := fault.Wrong()
	if t.Kind != Task && t.Kind != Approval {
		bad = bad.At("kind", "todo_kind_unknown")
	}
	if t.Title = strings.TrimSpace(t.Title); t.Title == "" {
		bad = bad.At("title", "required")
	}
	if len(bad.Fields) > 0 {
		return Todo{}, bad
	}
	t.ID = s.NewID()
	err := s.InTx(ctx, func(tx Tx) error {
		if err := lockActive(ctx, tx, by, t.Organisation, t.Account); err != nil {
			return err
		}
		if err := held(ctx, tx, by, t.Organisation); err != nil {
			return err
		}
		if t.Organisation != "" {
			if err := MustBeOpen(ctx, tx, t.Organisation); err != nil {
				return err
			}
		}
		t.CreatedAt = s.Now()
		if err := tx.InsertTodo(ctx, t); err != nil {
			return err
		}
		return s.note(ctx, tx, by, t.CreatedAt, audit.Entry{Action: "todo.added", Organisation: t.Organisation, Account: t.Account,
			Object: t.ID, Data: map[string]string{"kind": t.Kind}})
	})
	return t, err
}

// CompleteTodo records that it was done.
func (s *Service) CompleteTodo(ctx context.Context, by audit.Actor, account, todo string) error {
	return s.InTx(ctx, func(tx Tx) error {
		if err := tx.LockAccount(ctx, account); err != nil {
			return err
		}
		now := s.Now()
		ok, err := tx.CompleteTodo(ctx, account, todo, now)
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.NotFound, "todo_not_found")
		}
		return s.note(ctx, tx, by, now, audit.Entry{Action: "todo.completed", Account: account, Object: todo})
	})
}

// Attest records evidence that a duty tied to an office has been met. Nobody
// attests the own duties: it answers own_attestation.
func (s *Service) Attest(ctx context.Context, by audit.Actor, a Attestation) (Attestation, error) {
	bad := fault.Wrong()
	if a.Organisation == "" {
		bad = bad.At("organisation_id", "required")
	}
	if !slices.Contains(AttestationKinds(), a.Kind) {
		bad = bad.At("kind", "attestation_kind_unknown")
	}
	if a.Evidence = strings.TrimSpace(a.Evidence); a.Evidence == "" {
		bad = bad.At("evidence", "required")
	}
	if len(bad.Fields) > 0 {
		return Attestation{}, bad
	}
	a.ID, a.AttestedBy = s.NewID(), by.ID
	err := s.InTx(ctx, func(tx Tx) error {
		if by.ID == a.Account {
			return fault.New(fault.Forbidden, "own_attestation")
		}
		if err := lockActive(ctx, tx, by, a.Organisation, a.Account); err != nil {
			return err
		}
		if err := held(ctx, tx, by, a.Organisation); err != nil {
			return err
		}
		a.AttestedAt = s.Now()
		if err := tx.InsertAttestation(ctx, a); err != nil {
			return err
		}
		return s.note(ctx, tx, by, a.AttestedAt, audit.Entry{Action: "attestation.added", Organisation: a.Organisation, Account: a.Account,
			Object: a.ID, Data: map[string]string{"kind": a.Kind}})
	})
	return a, err
}

// lockActive takes the account's lock and keeps one organisation's records off
// another's people, and everybody's off an account that is paused or
// whose end has begun.
func lockActive(ctx context.Context, tx Tx, by audit.Actor, organisation, account string) error {
	if err := lockMember(ctx, tx, organisation, account); err != nil {
		return err
	}
	return identity.MayBeChanged(ctx, tx, by, account)
}

// lockMember takes the lock of an organisation's member, of any account where
// the organisation is "". Who is not there and who is not in it are answered
// alike.
func lockMember(ctx context.Context, tx Tx, organisation, account string) error {
	err := tx.LockAccount(ctx, account)
	if organisation == "" || err != nil && !fault.Is(err, "account_not_found") {
		return err
	}
	if err == nil {
		var m Member
		if m, err = tx.Member(ctx, organisation, account); err != nil || m.Account != "" {
			return err
		}
	}
	return errNoMember()
}
