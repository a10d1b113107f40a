// Package org holds organisations (企业). They have a department tree, members
// with roles and offices, and what of these stands in the way of a person's
// closure.
package org

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/signoff-id/signoff/internal/audit"
	"github.com/signoff-id/signoff/internal/fault"
)

// Organisation is one company or team.
type Organisation struct {
	ID            string
	Name          string
	Certification string // 企业认证: none, in_progress or certified
	State         State
	CreatedAt     time.Time
	// SessionsNotBefore is the mark that ended everybody's sessions at once.
	SessionsNotBefore time.Time
}

// State is where an organisation stands.
type State string

// The states of an organisation. A closed one keeps its id, for ever, and nothing
// else.
const (
	Active State = "active"
	Ending State = "ending" // its notice is over: nobody joins any more
	Closed State = "closed"
)

// MustBeOpen refuses, inside the commit that depends on it, what would give
// something to an organisation whose end has begun. The caller holds its lock.
func MustBeOpen(ctx context.Context, tx OrganisationTx, id string) error {
	o, err := tx.Organisation(ctx, id)
	if err == nil && o.State != Active {
		err = fault.New(fault.Conflict, "organisation_ending")
	}
	return err
}

// The states of an enterprise certification.
const (
	NotCertified = "none"
	Certifying   = "in_progress"
	Certified    = "certified"
)

// Certifications lists all of them.
func Certifications() []string { return []string{NotCertified, Certifying, Certified} }

// The roles of a member, from the highest to the lowest.
const (
	Creator    = "creator"     // 创建人
	SuperAdmin = "super_admin" // 超级管理员
	Admin      = "admin"       // 管理员
	Ordinary   = "member"      // 成员
)

// Roles lists all of them, the highest first.
func Roles() []string { return []string{Creator, SuperAdmin, Admin, Ordinary} }

// The offices that law ties duties to.
const (
	LegalRepresentative = "legal_representative" // 法定代表人
	FinanceOfficer      = "finance_officer"      // 财务负责人
)

// Offices lists all of them.
func Offices() []string { return []string{LegalRepresentative, FinanceOfficer} }

// MaxDepth bounds the departments' tree.
const MaxDepth = 32

// Department is a node of an organisation's tree. Path is the chain of ids from
// the root down to this one, each followed by a slash.
type Department struct {
	ID           string
	Organisation string
	Parent       string // "" at the root
	Path         string
	Name         string
	CreatedAt    time.Time
}

// Member is an account's place in an organisation.
type Member struct {
	Organisation string
	Account      string
	Department   string // "" for none
	Role         string
	Offices      []string
	JoinedAt     time.Time
}

// ErrNoOrganisation answers for one that is not there, or not for the caller to
// know of.
func ErrNoOrganisation() *fault.Error { return fault.New(fault.NotFound, "organisation_not_found") }

// Create makes an organisation.
func (s *Service) Create(ctx context.Context, by audit.Actor, name string) (Organisation, error) {
	name, err := checkName(name)
	if err != nil {
		return Organisation{}, err
	}
	o := Organisation{ID: s.NewID(), Name: name, Certification: NotCertified, State: Active}
	err = s.InTx(ctx, func(tx Tx) error {
		o.CreatedAt = s.Now()
		if err := tx.InsertOrganisation(ctx, o); err != nil {
			return err
		}
		return s.note(ctx, tx, by, o.CreatedAt, audit.Entry{Action: "organisation.created", Organisation: o.ID})
	})
	return o, err
}

// SetCertification records how far an enterprise certification is.
func (s *Service) SetCertification(ctx context.Context, by audit.Actor, organisation, state string) error {
	if !slices.Contains(Certifications(), state) {
		return fault.Wrong().At("certification", "certification_unknown")
	}
	return s.InTx(ctx, func(tx Tx) error {
		ok, err := tx.SetCertification(ctx, organisation, state)
		if err != nil {
			return err
		}
		if !ok {
			return ErrNoOrganisation()
		}
		return s.note(ctx, tx, by, s.Now(), audit.Entry{Action: "organisation.certification", Organisation: organisation, Data: map[string]string{"state": state}})
	})
}

// CreateDepartment adds a department below parent, or at the root.
func (s *Service) CreateDepartment(ctx context.Context, by audit.Actor, organisation, parent, name string) (Department, error) {
	name, err := checkName(name)
	if err != nil {
		return Department{}, err
	}
	d := Department{ID: s.NewID(), Organisation: organisation, Parent: parent, Name: name}
	err = s.InTx(ctx, func(tx Tx) error {
		if err := tx.LockOrganisation(ctx, organisation); err != nil {
			return err
		}
		if err := MustBeOpen(ctx, tx, organisation); err != nil {
			return err
		}
		if err := held(ctx, tx, by, organisation); err != nil {
			return err
		}
		d.Path = d.ID + "/"
		if parent != "" {
			p, err := tx.Department(ctx, organisation, parent)
			if err != nil {
				return err
			}
			d.Path = p.Path + d.ID + "/"
		}
		if strings.Count(d.Path, "/") > MaxDepth {
			return fault.Wrong().At("parent_id", "department_too_deep", "max", MaxDepth)
		}
		d.CreatedAt = s.Now()
		if err := tx.InsertDepartment(ctx, d); err != nil {
			return err
		}
		return s.note(ctx, tx, by, d.CreatedAt, audit.Entry{Action: "department.created", Organisation: organisation, Object: d.ID})
	})
	return d, err
}

func checkName(name string) (string, error) {
	name = strings.TrimSpace(name)
	bad := fault.Wrong()
	if name == "" {
		return "", bad.At("name", "required")
	}
	if utf8.RuneCountInString(name) > 200 {
		return "", bad.At("name", "name_too_long", "max", 200)
	}
	return name, nil
}
