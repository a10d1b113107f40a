package directory

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"slices"
	"unicode/utf8"

	"github.com/signoff-id/signoff/internal/addressbook"
	"github.com/signoff-id/signoff/internal/fault"
	"github.com/signoff-id/signoff/internal/identity"
	"github.com/signoff-id/signoff/internal/language"
)

// batchRows is how many rows go through one statement.
const batchRows = 400

// candidate is a row on its way to becoming an account.
type candidate struct {
	row    int
	person *addressbook.Person
	names  []identity.Identifier
	wrong  []addressbook.Wrong

	// How much of what is wrong, and of what is left out, is so before anything
	// is decided.
	read, left int
	decision
}

// decision is what becomes of a row.
type decision struct {
	account string // the one that it matches, or the new one
	was     Standing
	isNew   bool
	added   []identity.Identifier
	rename  bool
	join    bool
	move    bool
	newKey  bool
	place   string // the department's id
	places  []addressbook.Place
}

func (c *candidate) refuse(column, code string, args ...any) {
	c.wrong = append(c.wrong, addressbook.Wrong{Column: column, Code: code, Args: fault.Pairs(args...)})
}

// batch is some rows of a file, in its order: what is not a person, and then
// the people.
type batch struct {
	places []addressbook.Item
	people []*candidate
	err    error
}

// read reads a file in batches, ahead of whoever takes them: parsing goes on
// while the database works. Stop it by ending ctx; it closes the channel when
// it has closed the file.
func read(ctx context.Context, book *addressbook.Book) <-chan batch {
	out := make(chan batch, 2)
	go func() {
		defer close(out)
		rows, err := book.Rows()
		if err != nil {
			send(ctx, out, batch{err: err})
			return
		}
		defer rows.Close()
		var b batch
		for {
			item, err := rows.Next()
			if err == nil && item.Person != nil {
				b.people = append(b.people, newCandidate(item))
			} else if err == nil {
				if len(b.people) > 0 && !send(ctx, out, b) {
					return
				} else if len(b.people) > 0 {
					b = batch{}
				}
				b.places = append(b.places, item)
			}
			switch {
			case errors.Is(err, io.EOF):
				send(ctx, out, b)
				return
			case err != nil:
				send(ctx, out, batch{err: err})
				return
			case len(b.people) == batchRows || len(b.places) == batchRows:
				if !send(ctx, out, b) {
					return
				}
				b = batch{}
			}
		}
	}()
	return out
}

func send(ctx context.Context, out chan<- batch, b batch) bool {
	select {
	case out <- b:
		return true
	case <-ctx.Done():
		return false
	}
}

// newCandidate brings names into the form in which they are compared, and finds
// what can be wrong with a row without asking the database.
func newCandidate(item addressbook.Item) *candidate {
	c := &candidate{row: item.Row, person: item.Person, wrong: item.Person.Wrong}
	p := c.person
	if utf8.RuneCountInString(p.Name) > maxName {
		c.refuse("name", "name_too_long", "max", maxName)
	}
	if p.Locale != "" && !slices.Contains(language.All(), p.Locale) {
		c.refuse("locale", "locale_unknown")
	}
	if len(p.Names) > maxNames {
		c.refuse("", "import_names_too_many", "max", maxNames)
		return c
	}
	for _, n := range p.Names {
		id, err := identity.Normalise(n.Kind, n.Value)
		if err != nil {
			for _, f := range fault.Of(err).Fields {
				c.wrong = append(c.wrong, addressbook.Wrong{Column: n.Column, Code: f.Code, Args: f.Args})
			}
			continue
		}
		if !slices.Contains(c.names, id) {
			c.names = append(c.names, id)
		}
	}
	if p.Hash != "" && !identity.Verifiable(p.Hash) {
		p.Hash, p.LeftOut = "", append(p.LeftOut, addressbook.LeftPassword)
	}
	return c
}

const (
	maxName  = 200
	maxNames = 20 // to sign in with
)

// passedOver says whether a row is nobody who could sign in at its source.
func (c *candidate) passedOver() bool {
	return slices.Contains(c.person.LeftOut, addressbook.LeftDisabled) || slices.Contains(c.person.LeftOut, addressbook.LeftMachine)
}

// seen remembers where in the file a name, key or account stood first, in 16
// bytes each: what a file names twice is refused, however far apart.
type seen map[[16]byte]int

// first says in which row a word stood before this one, 0 for none.
func (s seen) first(row int, kind, word string) int {
	sum := sha256.Sum256([]byte(kind + "\x00" + word))
	k := [16]byte(sum[:16])
	if before, ok := s[k]; ok && before != row {
		return before
	}
	s[k] = row
	return 0
}
