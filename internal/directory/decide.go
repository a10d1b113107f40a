package directory

import (
	"context"
	"slices"

	"github.com/signoff-id/signoff/internal/addressbook"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/org"
)

// found is what the database knows about a batch.
type found struct {
	holders   map[identity.Identifier]string
	reserved  map[identity.Identifier]bool
	keyed     map[string]string
	standings map[string]Standing
}

// look asks for everything that a batch needs, in a handful of statements.
func (r *run) look(ctx context.Context, tx Tx, people []*candidate) (f found, err error) {
	var names []identity.Identifier
	var keys, accounts []string
	for _, c := range people {
		names = append(names, c.names...)
		if c.person.Key != "" {
			keys = append(keys, c.person.Key)
		}
		if c.person.Account != "" {
			accounts = append(accounts, c.person.Account)
		}
	}
	if f.holders, err = tx.Holders(ctx, names); err != nil {
		return f, err
	}
	if f.reserved, err = tx.Reserved(ctx, names, r.now); err != nil {
		return f, err
	}
	if f.keyed, err = tx.Keyed(ctx, r.Organisation, r.book.Source, keys); err != nil {
		return f, err
	}
	for _, a := range f.holders {
		accounts = append(accounts, a)
	}
	for _, a := range f.keyed {
		accounts = append(accounts, a)
	}
	slices.Sort(accounts)
	f.standings, err = tx.Standings(ctx, r.Organisation, slices.Compact(accounts))
	return f, err
}

// decide says what becomes of a row: refused, a new account, a changed one, or
// nothing to do.
func (r *run) decide(c *candidate, f found) {
	if len(c.wrong) > 0 {
		return
	}
	if r.admin() {
		r.decideForAdmin(c, f)
		return
	}
	matches := r.matches(c, f, func(Standing) bool { return true })
	switch {
	case len(matches) > 1:
		c.refuse("", "import_matches_several")
	case len(matches) == 1 && c.person.Account != "" && matches[0] != c.person.Account:
		c.refuse("", "identifier_taken")
	case len(matches) == 1:
		r.update(c, f, f.standings[matches[0]])
	default:
		r.create(c, f, "identifier_reserved")
	}
}

// decideForAdmin sees only who is in the organisation. A name that is held by
// anybody else, or kept for nobody, cannot be had, and why is not for the
// organisation to know. Neither are names given to a member here, nor is a
// member called otherwise: with an address of one's own on somebody's account
// one could take the account over.
func (r *run) decideForAdmin(c *candidate, f found) {
	matches := r.matches(c, f, func(s Standing) bool { return s.Member })
	switch {
	case len(matches) > 1:
		c.refuse("", "import_matches_several")
	case len(matches) == 1:
		r.update(c, f, f.standings[matches[0]])
	default:
		for _, n := range c.names {
			if f.holders[n] != "" {
				c.refuse("", "import_name_unavailable")
				return
			}
		}
		r.create(c, f, "import_name_unavailable")
	}
}

// matches gives the accounts that a row leads to, of those that count.
func (r *run) matches(c *candidate, f found, counts func(Standing) bool) (all []string) {
	add := func(account string) {
		s, ok := f.standings[account]
		if ok && counts(s) && !slices.Contains(all, account) {
			all = append(all, account)
		}
	}
	for _, n := range c.names {
		add(f.holders[n])
	}
	add(c.person.Account)
	// A key that was given to somebody who has left may be another's by now.
	if by := f.keyed[c.person.Key]; by != "" && (r.Organisation == "" || f.standings[by].Member) {
		add(by)
	}
	return all
}

func (r *run) create(c *candidate, f found, reserved string) {
	if len(c.names) == 0 {
		c.refuse("", "identifier_required")
		return
	}
	for _, n := range c.names {
		if f.reserved[n] {
			c.refuse("", reserved)
			return
		}
	}
	c.isNew, c.join = true, r.Organisation != ""
	if c.account = c.person.Account; c.account == "" {
		c.account = r.NewID()
	}
}

func (r *run) update(c *candidate, f found, s Standing) {
	ending := !s.State.Lives() || s.Closing
	switch {
	case r.admin() && (ending || s.Blocked || s.State != identity.Active): // why is not theirs to know
		c.refuse("", "import_name_unavailable")
		return
	case ending:
		c.refuse("", "account_ending")
		return
	case s.Blocked:
		c.refuse("", "account_blocked")
		return
	}
	c.account, c.was = s.Account, s
	for _, n := range c.names {
		switch {
		case f.holders[n] == s.Account:
		case r.admin(): // whether somebody else has it makes no difference
			c.leave(leftNames)
		case f.reserved[n]:
			c.refuse("", "identifier_reserved")
			return
		default:
			c.added = append(c.added, n)
		}
	}
	if c.person.Name != "" && c.person.Name != s.Name {
		if c.rename = !r.admin(); !c.rename {
			c.leave(leftName)
		}
	}
	c.join = r.Organisation != "" && !s.Member
}

// The codes of what an admin's import leaves as it is, beside addressbook's.
const (
	leftName  = "name_of_member"
	leftNames = "identifiers_of_member"
)

func (c *candidate) leave(code string) {
	if !slices.Contains(c.person.LeftOut, code) {
		c.person.LeftOut = append(c.person.LeftOut, code)
	}
}

// settle finds the row's department, which is made where it is missing.
func (r *run) settle(c *candidate) {
	path := c.person.Department
	if len(c.wrong) > 0 || len(path) == 0 {
		return
	}
	if r.Organisation == "" {
		c.leave(leftDepartments)
		return
	}
	c.place = r.tree.at(path)
	if c.isNew || c.join || c.place == c.was.Department {
		return
	}
	if r.admin() && org.Outranks(c.was.Role, r.role) {
		c.refuse("", "owner_required")
		return
	}
	c.move = true
}

const leftDepartments = "department_without_organisation"

// once refuses what stands in a file twice: which of two rows is right is
// nothing to be guessed.
func (r *run) once(c *candidate) {
	words := [][2]string{{"key", c.person.Key}, {"account", c.person.Account}}
	for _, n := range c.names {
		words = append(words, [2]string{n.Kind, n.Value})
	}
	for _, w := range words {
		if w[1] == "" {
			continue
		}
		if before := r.seen.first(c.row, w[0], w[1]); before != 0 {
			c.wrong = append(c.wrong, addressbook.Wrong{Code: "import_row_repeats", Args: map[string]any{"row": before}})
			return
		}
	}
}
