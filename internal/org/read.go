package org

import (
	"context"
	"slices"
)

// Get reads one organisation.
func (s *Service) Get(ctx context.Context, id string) (o Organisation, err error) {
	err = s.View(ctx, func(tx Tx) error {
		o, err = tx.Organisation(ctx, id)
		return err
	})
	return o, err
}

// List reads organisations in the order of their ids.
func (s *Service) List(ctx context.Context, after string, limit int) (all []Organisation, err error) {
	err = s.View(ctx, func(tx Tx) error {
		all, err = tx.Organisations(ctx, after, limit)
		return err
	})
	return all, err
}

// Departments reads an organisation's tree, parents before children.
func (s *Service) Departments(ctx context.Context, organisation string) (all []Department, err error) {
	err = s.View(ctx, func(tx Tx) error {
		all, err = tx.Departments(ctx, organisation)
		return err
	})
	return all, err
}

// Members reads members in the order of their accounts' ids.
func (s *Service) Members(ctx context.Context, organisation, after string, limit int) (all []Member, err error) {
	err = s.View(ctx, func(tx Tx) error {
		all, err = tx.Members(ctx, organisation, after, limit)
		return err
	})
	return all, err
}

// Most is how far people are counted: a page says "10,000 and more".
const Most = 10_000

// Size counts the members, up to Most.
func (s *Service) Size(ctx context.Context, organisation string) (n int, err error) {
	err = s.View(ctx, func(tx Tx) error {
		n, err = tx.CountMembers(ctx, organisation, Most)
		return err
	})
	return n, err
}

// Memberships reads the organisations that an account is in.
func (s *Service) Memberships(ctx context.Context, account string) (all []Member, err error) {
	err = s.View(ctx, func(tx Tx) error {
		all, err = tx.Memberships(ctx, account)
		return err
	})
	return all, err
}

// Place is somebody's place in an organisation.
type Place struct {
	Member
	Org Organisation
}

// Places is Memberships, with what the organisations are called.
func (s *Service) Places(ctx context.Context, account string) (all []Place, err error) {
	err = s.View(ctx, func(tx Tx) error {
		members, err := tx.Memberships(ctx, account)
		all = make([]Place, len(members))
		for i, m := range members {
			o, err := tx.Organisation(ctx, m.Organisation)
			if err != nil {
				return err
			}
			all[i] = Place{m, o}
		}
		return err
	})
	return all, err
}

// Duties reads what waits for a person, and what the person has attested.
func (s *Service) Duties(ctx context.Context, account string) (todos []Todo, attested []Attestation, err error) {
	err = s.View(ctx, func(tx Tx) error {
		if todos, err = tx.OpenTodos(ctx, account); err != nil {
			return err
		}
		attested, err = tx.Attestations(ctx, account)
		return err
	})
	return todos, attested, err
}

// DutiesIn is Duties of one organisation.
func (s *Service) DutiesIn(ctx context.Context, organisation, account string) (todos []Todo, attested []Attestation, err error) {
	todos, attested, err = s.Duties(ctx, account)
	todos = slices.DeleteFunc(todos, func(t Todo) bool { return t.Organisation != organisation })
	attested = slices.DeleteFunc(attested, func(a Attestation) bool { return a.Organisation != organisation })
	return todos, attested, err
}

// Administers says whether an account is an admin of an organisation.
func (s *Service) Administers(ctx context.Context, organisation, account string) (yes bool, err error) {
	err = s.View(ctx, func(tx Tx) error {
		yes, err = Administers(ctx, tx, organisation, account)
		return err
	})
	return yes, err
}
