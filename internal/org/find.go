package org

import (
	"context"
	"strings"

	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
)

// Filter chooses among members; empty fields let everybody through.
type Filter struct {
	Department string // this one and all below it
	Path       string // of that department; MembersWhere of the service finds it
	Role       string
	State      string // InUse or AtRest
}

// The states of members that a filter knows. Why an account is at rest is told to
// nobody here.
const (
	InUse  = "in_use"
	AtRest = "at_rest" // its account is paused, or its end has begun: nobody gets in
)

// MembersWhere is Members of those that a filter lets through. It answers
// department_not_found for one of another organisation.
func (s *Service) MembersWhere(ctx context.Context, organisation string, f Filter, after string, limit int) (all []Member, err error) {
	err = s.View(ctx, func(tx Tx) error {
		if f.Department != "" {
			d, err := tx.Department(ctx, organisation, f.Department)
			if err != nil {
				return err
			}
			f.Path = d.Path
		}
		all, err = tx.MembersWhere(ctx, organisation, f, after, limit)
		return err
	})
	return all, err
}

// Holder gives the member who signs in with a name, exactly as it is. Whether a
// name leads to somebody who is no member is nothing that admins could learn:
// both are answered by member_not_found.
func (s *Service) Holder(ctx context.Context, organisation, name string) (m Member, err error) {
	id, err := identity.Guess(name)
	if err != nil {
		return m, errNoMember()
	}
	err = s.View(ctx, func(tx Tx) error {
		account, err := tx.AccountByIdentifier(ctx, id)
		if err != nil {
			return err
		}
		m, err = tx.Member(ctx, organisation, account)
		return err
	})
	if err == nil && m.Account == "" {
		err = errNoMember()
	}
	return m, err
}

// Named is a member and what the person is called.
type Named struct {
	Member
	Name string // personal
}

const (
	// searchBatch is how many names are read with one statement.
	searchBatch = 500
	// mostSearched bounds the work for one page of a search.
	mostSearched = 5000
)

// Search gives members with a word in their names, in the order of their accounts'
// ids. Names are sealed, so it opens one after the other, at most 5,000 at a time:
// a page may be short, even empty, and not the last. Next says where to go on, ""
// at the end.
func (s *Service) Search(ctx context.Context, organisation, word, after string, limit int) (found []Named, next string, err error) {
	if word = strings.ToLower(strings.TrimSpace(word)); word == "" {
		return nil, "", fault.Wrong().At("search", "required")
	}
	next = after
	for looked := 0; looked < mostSearched; looked += searchBatch {
		var batch []Named
		if err := s.View(ctx, func(tx Tx) (err error) {
			batch, err = tx.NamedMembers(ctx, organisation, next, searchBatch)
			return err
		}); err != nil {
			return nil, "", err
		}
		for _, m := range batch {
			next = m.Account
			if !strings.Contains(strings.ToLower(m.Name), word) {
				continue
			}
			if found = append(found, m); len(found) == limit {
				return found, next, nil
			}
		}
		if len(batch) < searchBatch {
			return found, "", nil
		}
	}
	return found, next, nil
}
